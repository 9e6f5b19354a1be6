import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { inBursts } from '~/cache/queries/draws.ts'
import { perClient } from '~/cache/queries/per-client.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import { isWhole } from '~/cache/queries/coverage.ts'
import { serverNow } from '~/clock.ts'
import {
  horizonAt,
  rosterOf,
  type ConferenceCounts,
  type Extent,
  type RosterStore,
} from './store.ts'

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

/** Reads the participants of conferences; the same map while none of them has changed. */
function participantsOf(ids: readonly string[]): (roster: RosterStore) => ParticipantsByConference {
  let counts: readonly (ConferenceCounts | undefined)[] = []
  let kept: ParticipantsByConference = new Map()
  return (roster) => {
    // The counts of a conference are another object whenever one of its participants has changed.
    const now = ids.map((id) => roster.countsOf(id))
    if (now.some((one, at) => one !== counts[at]) || now.length !== counts.length) {
      counts = now
      kept = new Map(ids.map((id) => [id, inConference(roster, id)]))
    }
    return kept
  }
}

const inConference = (roster: RosterStore, id: string): readonly Participant[] =>
  [...roster.inConference(id)].flatMap((one) => roster.get(one)?.participant ?? [])

/** The participants of these conferences; the same map while none of them has changed. */
export const useParticipants = (conferenceIds: readonly string[]): ParticipantsByConference =>
  useSelected(useMemo(() => participantsOf(conferenceIds), [conferenceIds]))

/** Reads the entries of participants, by id; the same map while none of them has changed. */
function entriesOf(
  ids: readonly string[],
): (roster: RosterStore) => ReadonlyMap<string, RosterEntry> {
  let kept: ReadonlyMap<string, RosterEntry> = new Map()
  return (roster) => {
    if (ids.some((id) => kept.get(id) !== roster.get(id))) {
      kept = new Map(ids.flatMap((id) => entryOf(roster, id)))
    }
    return kept
  }
}

const entryOf = (roster: RosterStore, id: string): readonly (readonly [string, RosterEntry])[] => {
  const entry = roster.get(id)
  return entry ? [[id, entry]] : []
}

/** The entries of these participants, by id; the same map while none of them has changed. */
export const useEntries = (ids: readonly string[]): ReadonlyMap<string, RosterEntry> =>
  useSelected(useMemo(() => entriesOf(ids), [ids]))

/** Reads the participants of a call; the same list while none of them has changed. */
function joinsOf(callId: string): (roster: RosterStore) => readonly Participant[] {
  let kept: readonly Participant[] = []
  return (roster) => {
    const now = [...roster.ofCall(callId)].flatMap((id) => roster.get(id)?.participant ?? [])
    if (now.length !== kept.length || now.some((one, at) => one !== kept[at])) kept = now
    return kept
  }
}

/** The joins of a call to any conference, as far as known; the same list while none of them has changed. */
export const useJoins = (callId: string): readonly Participant[] =>
  useSelected(useMemo(() => joinsOf(callId), [callId]))
