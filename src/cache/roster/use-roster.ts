import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { RosterEntry } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import { rosterOf, type ConferenceCounts, type Extent, type RosterStore } from './store.ts'

/** What a selector returns must be the same object while it says the same. */
function useSelected<T>(select: (roster: RosterStore) => T): T {
  const roster = rosterOf(useQueryClient())
  return useSyncExternalStore(roster.subscribe, () => select(roster))
}

/** What is known of the list of participants as a whole. */
export const useExtent = (): Extent => useSelected(({ extent }) => extent)

/** The roster, for what is drawn anew with each change of it. */
export function useRoster(): RosterStore {
  useSelected(({ version }) => version)
  return rosterOf(useQueryClient())
}

/** Participants of one conference by status. */
export const useCounts = (conferenceId: string): ConferenceCounts | undefined =>
  useSelected((roster) => roster.countsOf(conferenceId))

/** The participants that are or were in a conference, as far as known; another list once one of them changes. */
export function useParticipants(conferenceId: string): readonly Participant[] {
  const roster = rosterOf(useQueryClient())
  const counts = useCounts(conferenceId)
  return (
    useMemo(
      () =>
        // The counts are another object whenever any participant of the conference has changed.
        counts &&
        [...roster.inConference(conferenceId)].flatMap((id) => roster.get(id)?.participant ?? []),
      [counts, roster, conferenceId],
    ) ?? NOBODY
  )
}

const NOBODY: readonly Participant[] = []

/** The same object for the same values, which a selector must return. */
function keepSame<T>(): (next: readonly T[]) => readonly T[] {
  let kept: readonly T[] = []
  return (next) => {
    const isSame = kept.length === next.length && kept.every((one, at) => one === next[at])
    if (!isSame) kept = next
    return kept
  }
}

/** The entries of these participants, in their order; the same list while none of them changes. */
export function useEntries(ids: readonly string[]): readonly (RosterEntry | undefined)[] {
  const keep = useMemo(() => keepSame<RosterEntry | undefined>(), [])
  return useSelected((roster) => keep(ids.map((id) => roster.get(id))))
}

/** The counts of these conferences, in their order; the same list while none of their participants changes. */
export function useCountsOf(ids: readonly string[]): readonly (ConferenceCounts | undefined)[] {
  const keep = useMemo(() => keepSame<ConferenceCounts | undefined>(), [])
  return useSelected((roster) => keep(ids.map((id) => roster.countsOf(id))))
}
