import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { RosterEntry } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import { rosterOf, type ConferenceCounts, type Extent, type RosterStore } from './store.ts'

/** The selector must return the same object while its result is unchanged. */
function useSelected<T>(select: (roster: RosterStore) => T): T {
  const roster = rosterOf(useQueryClient())
  return useSyncExternalStore(roster.subscribe, () => select(roster))
}

/** What is known of the list of participants as a whole. */
export const useExtent = (): Extent => useSelected(({ extent }) => extent)

/** The roster, for a component that renders at each of its changes. */
export function useRoster(): RosterStore {
  useSelected(({ version }) => version)
  return rosterOf(useQueryClient())
}

/** Participants of one conference by status. */
export const useCounts = (conferenceId: string): ConferenceCounts | undefined =>
  useSelected((roster) => roster.countsOf(conferenceId))

/** The known participants that are or were in a conference; a new list when one of them changes. */
export function useParticipants(conferenceId: string): readonly Participant[] {
  const roster = rosterOf(useQueryClient())
  const counts = useCounts(conferenceId)
  return (
    useMemo(
      () =>
        // The counts are a new object whenever a participant of the conference has changed.
        counts &&
        [...roster.inConference(conferenceId)].flatMap((id) => roster.get(id)?.participant ?? []),
      [counts, roster, conferenceId],
    ) ?? NOBODY
  )
}

const NOBODY: readonly Participant[] = []

/**
 * The entries of these participants in their order, undefined where none is held; the same list
 * while none changes.
 */
export function useEntries(ids: readonly string[]): readonly (RosterEntry | undefined)[] {
  const read = useMemo(() => {
    let before: readonly (RosterEntry | undefined)[] = []
    return (roster: RosterStore) => {
      const isSame =
        before.length === ids.length && before.every((one, i) => one === roster.get(ids[i] ?? ''))
      if (!isSame) before = ids.map((id) => roster.get(id))
      return before
    }
  }, [ids])
  return useSelected(read)
}
