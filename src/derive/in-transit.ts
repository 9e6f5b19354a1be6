import { changedAt, type Participant } from '~/domain/participant.ts'

/** A source of participants by conference. */
interface Roster {
  readonly conferences: () => Iterable<string>
  readonly countsOf: (
    conferenceId: string,
  ) => { readonly byStatus: ReadonlyMap<string, number> } | undefined
  readonly liveIn: (conferenceId: string) => Iterable<string>
  readonly get: (id: string) => { readonly participant: Participant } | undefined
}

/** Participants that are joining or leaving, those for longest first. */
export function inTransit(roster: Roster): readonly Participant[] {
  const found: Participant[] = []
  for (const conferenceId of roster.conferences()) {
    const byStatus = roster.countsOf(conferenceId)?.byStatus
    // Most conferences have none, and are not walked.
    if (!byStatus?.get('joining') && !byStatus?.get('leaving')) continue
    for (const id of roster.liveIn(conferenceId)) {
      const participant = roster.get(id)?.participant
      if (participant?.status === 'joining' || participant?.status === 'leaving')
        found.push(participant)
    }
  }
  return found.toSorted((a, b) => changedAt(a) - changedAt(b))
}
