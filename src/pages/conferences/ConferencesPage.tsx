import { use, useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useCallers, useResolvedCallers } from '~/cache/roster/callers.ts'
import { useExtent, useRoster } from '~/cache/roster/use-roster.ts'
import { conferencesQuery, useUnlisted } from '~/cache/queries/conference-list.ts'
import { NO_LIST, type ConferenceList } from '~/cache/queries/conference-reading.ts'
import { usePollInterval, useReach } from '~/cache/live/poll.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { useSettings } from '~/cache/settings.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import {
  conferenceRow,
  unlistedIds,
  viewConferences,
  type ConferenceRow,
} from '~/derive/conference-rows.ts'
import { countRejoins, hasRemovals, NO_REMOVALS, removalsOf, unsettled } from '~/derive/rejoins.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import { readConferenceView, writeConferenceView, CONFERENCE_COLUMNS } from '~/derive/view.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import { toMillis } from '~/domain/time.ts'
import { conferenceColumns } from '~/table/conferences/columns.tsx'
import { DataTable } from '~/table/DataTable.tsx'
import { focusRows } from '~/table/use-roving-focus.ts'
import { Button } from '~/ui/Button.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { Screen } from '~/ui/Screen.tsx'
import { SearchField } from '~/ui/SearchField.tsx'
import { Failed, FailedLine } from '../Failed.tsx'
import { PageHeading } from '../PageHeading.tsx'
import { SweepProgress } from '../SweepProgress.tsx'
import { Unreadable } from '../Unreadable.tsx'
import { useIsOld } from '../use-is-old.ts'
import { useSorting, useView } from '../use-view.ts'

/** All conferences: which are there, how many are in each, and what changed last. */
export function ConferencesPage() {
  const { title } = useSettings()
  const [view, changeView] = useView(readConferenceView, writeConferenceView)
  const { leads } = use(RoleContext)
  const list = useQueryKeepingError(conferencesQuery(usePollInterval(), leads))
  const { unreadable } = useExtent()
  const rows = useConferenceRows(list.data ?? NO_LIST, list.failure !== null)
  const shown = viewConferences(rows, view)
  const { sorting, onSortingChange } = useSorting(CONFERENCE_COLUMNS, view.sort, changeView)
  const isOld = useIsOld()
  return (
    <>
      <title>{`Conferences · ${title}`}</title>
      <div className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
        <PageHeading>Conferences</PageHeading>
        {(list.data || rows.length > 0) && (
          <span className="text-muted">{countText(shown.length, rows.length)}</span>
        )}
        {list.failure && rows.length > 0 && (
          <FailedLine
            what={
              list.data
                ? 'The list below may be old'
                : 'Only conferences with participants are shown'
            }
            error={list.failure}
            onRetry={list.askNow}
          />
        )}
        {list.data && <HowFar list={list.data} onRetry={list.askNow} />}
        <div className="ml-auto w-full sm:w-auto">
          <SearchField
            label="Filter conferences"
            value={view.text}
            onChange={(text) => changeView({ text }, 'replace')}
            onDown={focusRows}
          />
        </div>
      </div>
      <Unreadable rows={list.data?.unreadable ?? []} where="the list of conferences" />
      <Unreadable rows={unreadable} where="the list of participants" />
      {shown.length > 0 ? (
        <DataTable
          label="Conferences"
          columns={conferenceColumns}
          rows={shown}
          state={{ sorting }}
          onSortingChange={onSortingChange}
          isOld={isOld}
        />
      ) : (
        <NoRows
          isFiltered={rows.length > 0}
          error={list.data ? null : list.failure}
          isLoading={!list.data}
          onRetry={list.askNow}
          onClear={() => changeView({ text: '' })}
        />
      )}
      <CountsProgress />
    </>
  )
}

/** How far back the counts and returns are whole. */
function CountsProgress() {
  const { horizon } = useExtent()
  const { actions } = useActivity()
  const removals = useMemo(() => removalsOf(actions.values()), [actions])
  return <SweepProgress what={hasRemovals(removals, horizon) ? 'Counts and returns' : 'Counts'} />
}

/** How far back the list was read, until it is whole, and why reading has stopped. */
function HowFar({ list, onRetry }: { list: ConferenceList; onRetry: () => void }) {
  const { isWhole, stall } = list
  const from = list.cursor ?? list.newestFrom
  const failure = stall?.failure
  const error = useMemo(() => failure && new ApiError(failure), [failure])
  if (error) {
    const what = isWhole
      ? 'Older conferences may be out of date'
      : 'Could not load older conferences'
    return <FailedLine what={what} error={error} onRetry={onRetry} />
  }
  if (isWhole) return null
  return (
    <span className="text-joining">
      Conferences incomplete: loaded back to <Moment at={from && toMillis(from)} />
    </span>
  )
}

/** @param isFailing the list cannot be read, so its conferences are read by id */
function useConferenceRows(list: ConferenceList, isFailing: boolean): readonly ConferenceRow[] {
  const { conferences: listed, isWhole, stall } = list
  const roster = useRoster()
  const reach = useReach()
  const unlisted = unlistedIds(roster, listed)
  const isToRead = isWhole || isFailing || stall !== null
  const others = useUnlisted(unlisted, usePollInterval(), isToRead)
  const { cameBack, unsettledIn } = useReturns()
  const rowOf = (id: string, conference: Conference | null): ConferenceRow => {
    const isPartial = mayHaveMore(conference, reach)
    return conferenceRow(id, conference, {
      counts: roster.countsOf(id),
      isPartial,
      cameBack: cameBack.get(id),
      // The line below reports unloaded returns once, so that not every row needs a mark.
      isCameBackPartial: unsettledIn.has(id) || (isPartial && cameBack.has(id)),
    })
  }
  return [
    ...listed.map((conference) => rowOf(conference.id, conference)),
    ...unlisted.map((id, index) => rowOf(id, others[index] ?? null)),
  ]
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

const countText = (shown: number, all: number): string =>
  shown === all ? String(all) : `${shown} of ${all}`

interface NoRowsProps {
  readonly isFiltered: boolean
  readonly isLoading: boolean
  readonly error: unknown
  readonly onRetry: () => void
  readonly onClear: () => void
}

function NoRows({ isFiltered, isLoading, error, onRetry, onClear }: NoRowsProps) {
  if (isFiltered) {
    return (
      <Screen
        title="No conference matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        All words of the filter must be found in a conference’s name, type, status, times or id.
      </Screen>
    )
  }
  if (error) return <Failed error={error} what="The conferences" onRetry={onRetry} />
  if (isLoading) return <Screen title="Loading the conferences…" />
  return (
    <Screen title="There are no conferences">
      As soon as somebody creates one it appears here by itself.
    </Screen>
  )
}
