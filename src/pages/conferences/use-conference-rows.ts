import { useMemo } from 'react'
import { usePollInterval, useReach } from '~/cache/live/poll.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import { useUnlisted } from '~/cache/queries/conference-list.ts'
import type { ConferenceList } from '~/cache/queries/conference-reading.ts'
import { useCallers, useResolvedCallers } from '~/cache/roster/callers.ts'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { rowKeeper, unlistedIds, type ConferenceRow } from '~/derive/conference-rows.ts'
import { countRejoins, NO_REMOVALS, removalsOf, unsettled } from '~/derive/rejoins.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Participant } from '~/domain/participant.ts'
import { groupBy } from '~/util/group-by.ts'

/**
 * The rows of all conferences, listed or not.
 *
 * @param isFailing the list cannot be read, so its conferences are read by id
 * @param stuck the participants that are stuck, in any conference
 */
export function useConferenceRows(
  list: ConferenceList,
  isFailing: boolean,
  stuck: readonly Participant[],
): readonly ConferenceRow[] {
  const { conferences: listed, isWhole, stall } = list
  const roster = useRoster()
  const reach = useReach()
  const unlisted = unlistedIds(roster, listed)
  const isToRead = isWhole || isFailing || stall !== null
  const others = useUnlisted(unlisted, usePollInterval(), isToRead)
  const { cameBack, unsettledIn } = useReturns()
  const stuckIn = useMemo(() => groupBy(stuck, ({ conferenceId }) => conferenceId), [stuck])
  const keepRows = useMemo(() => rowKeeper(), [])
  const sourceOf = (id: string, conference: Conference | null) => {
    const isPartial = mayHaveMore(conference, reach)
    return {
      id,
      conference,
      counts: roster.countsOf(id),
      isPartial,
      stuck: stuckIn.get(id)?.length,
      cameBack: cameBack.get(id),
      // The line below reports unloaded returns once, so that not every row needs a mark.
      isCameBackPartial: unsettledIn.has(id) || (isPartial && cameBack.has(id)),
    }
  }
  return keepRows([
    ...listed.map((conference) => sourceOf(conference.id, conference)),
    ...unlisted.map((id, index) => sourceOf(id, others[index] ?? null)),
  ])
}

/**
 * How many participants came back to each conference, and where that is not known yet. Callers are
 * read only if a participant was removed from here within the last day.
 */
function useReturns() {
  const roster = useRoster()
  const { horizon } = roster.extent
  const { actions } = useActivity()
  const callers = useCallers()
  const removals = useMemo(() => removalsOf(actions.values()), [actions])
  // A gone participant has not come back, and most of the time there are no removals.
  const live =
    removals === NO_REMOVALS ? [] : [...roster.live].flatMap((id) => roster.get(id) ?? [])
  const open = unsettled(live, callers, removals, horizon)
  useResolvedCallers(
    open.flatMap(({ referenceId, createdAt }) =>
      referenceId === null ? [] : [{ callId: referenceId, createdAt }],
    ),
    open.length > 0,
  )
  const cameBack = countRejoins(live, callers, removals)
  const unsettledIn = new Set(open.map(({ conferenceId }) => conferenceId))
  return { cameBack, unsettledIn }
}
