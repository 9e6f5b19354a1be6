import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { inBursts } from '~/cache/queries/draws.ts'
import { perClient } from '~/cache/queries/per-client.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import { isWhole } from '~/cache/queries/coverage.ts'
import { serverNow } from '~/clock.ts'
import type { ConferenceCounts } from './roster-index.ts'
import { horizonAt, rosterOf, type Extent, type RosterStore } from './store.ts'

const subscriptionOf = perClient((client) => inBursts(client, rosterOf(client).subscribe))

/** The selector must return the same object while its result is unchanged. */
function useSelected<T>(select: (roster: RosterStore) => T): T {
  const client = useQueryClient()
  const roster = rosterOf(client)
  return useSyncExternalStore(subscriptionOf(client), () => select(roster))
}

/** What is known of the list of participants as a whole. */
export const useExtent = (): Extent => useSelected(({ extent }) => extent)

/** Whether there are participants back to the horizon to be read, unless an operator paused it. */
export const useIsToReadBack = (): boolean =>
  useSelected(
    ({ extent: { coverage, isPaused } }) =>
      !isPaused && coverage.length > 0 && !isWhole(coverage, horizonAt(serverNow())),
  )

/** The roster, for a component that renders at each of its changes. */
export function useRoster(): RosterStore {
  useSelected(({ version }) => version)
  return rosterOf(useQueryClient())
}

/** Participants of one conference by status. */
export const useCounts = (conferenceId: string): ConferenceCounts | undefined =>
  useSelected((roster) => roster.countsOf(conferenceId))

/** The participants that are or were in these conferences, as far as known, by conference. */
export type ParticipantsByConference = ReadonlyMap<string, readonly Participant[]>

/**
 * A selector that selects anew only when what it goes by is another.
 *
 * @param parts reads what the selection goes by, in order
 */
function whileSame<P, T>(
  parts: (roster: RosterStore) => readonly P[],
  select: (roster: RosterStore, parts: readonly P[]) => T,
): (roster: RosterStore) => T {
  let kept: { readonly parts: readonly P[]; readonly selected: T } | undefined
  return (roster) => {
    const now = parts(roster)
    const isSame =
      now.length === kept?.parts.length && now.every((one, at) => one === kept?.parts[at])
    if (!kept || !isSame) kept = { parts: now, selected: select(roster, now) }
    return kept.selected
  }
}

// The counts of a conference are another object whenever one of its participants has changed.
const participantsOf = (ids: readonly string[]) =>
  whileSame<unknown, ParticipantsByConference>(
    (roster) => ids.map((id) => roster.countsOf(id)),
    (roster) => new Map(ids.map((id) => [id, participantsIn(roster, roster.inConference(id))])),
  )

const participantsIn = (roster: RosterStore, ids: Iterable<string>): readonly Participant[] =>
  [...ids].flatMap((id) => roster.get(id)?.participant ?? [])

/** The participants of these conferences; the same map while none of them has changed. */
export const useParticipants = (conferenceIds: readonly string[]): ParticipantsByConference =>
  useSelected(useMemo(() => participantsOf(conferenceIds), [conferenceIds]))

const entriesOf = (ids: readonly string[]) =>
  whileSame<RosterEntry, ReadonlyMap<string, RosterEntry>>(
    (roster) => ids.flatMap((id) => roster.get(id) ?? []),
    (_roster, entries) => new Map(entries.map((entry) => [entry.participant.id, entry])),
  )

/** The entries of these participants, by id; the same map while none of them has changed. */
export const useEntries = (ids: readonly string[]): ReadonlyMap<string, RosterEntry> =>
  useSelected(useMemo(() => entriesOf(ids), [ids]))

const joinsOf = (callId: string) =>
  whileSame<Participant, readonly Participant[]>(
    (roster) => participantsIn(roster, roster.ofCall(callId)),
    (_roster, participants) => participants,
  )

/** The joins of a call to any conference, as far as known; the same list while none of them has changed. */
export const useJoins = (callId: string): readonly Participant[] =>
  useSelected(useMemo(() => joinsOf(callId), [callId]))
