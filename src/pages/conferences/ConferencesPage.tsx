import { useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useExtent } from '~/cache/roster/use-roster.ts'
import { NO_LIST, type ConferenceList } from '~/cache/queries/conference-reading.ts'
import { useConfig } from '~/use-config.ts'
import type { Watched } from '~/cache/queries/use-query-keeping-error.ts'
import { viewConferences, type ConferenceRow } from '~/derive/conference-rows.ts'
import { hasRemovals, removalsOf } from '~/derive/rejoins.ts'
import type { IdList } from '~/derive/id-list.ts'
import { readConferenceView, writeConferenceView, CONFERENCE_COLUMNS } from '~/derive/view.ts'
import { ApiError } from '~/domain/api-error.ts'
import { toMillis } from '~/domain/time.ts'
import { conferenceColumns } from '~/table/conferences/columns.tsx'
import { OccupancyContext } from '~/table/conferences/occupancy-context.ts'
import { DataTable } from '~/table/DataTable.tsx'
import { Button } from '~/ui/Button.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { Screen } from '~/ui/Screen.tsx'
import { SearchField } from '~/ui/SearchField.tsx'
import { Failed, FailedLine } from '../Failed.tsx'
import { PageHeading } from '../PageHeading.tsx'
import { useConferenceList } from '../use-conference-list.ts'
import { useFrozenRows } from '../use-frozen-rows.ts'
import { Waiting } from '../Waiting.tsx'
import { SweepProgress } from '../SweepProgress.tsx'
import { Unreadable } from '../Unreadable.tsx'
import { useIsOld } from '../use-is-old.ts'
import { useListView } from '../use-view.ts'
import { NewConference } from './NewConference.tsx'
import { Totals } from './Totals.tsx'
import { useConferenceRows } from './use-conference-rows.ts'
import { useOccupancy } from './use-occupancy.ts'
import { useStuck } from './use-stuck.ts'

const ADDRESS = {
  read: readConferenceView,
  write: writeConferenceView,
  columns: CONFERENCE_COLUMNS,
}

/** All conferences: which are there, how many are in each, and what changed last. */
export function ConferencesPage() {
  const { title } = useConfig()
  const { view, changeView, search, sorting, onSortingChange } = useListView(ADDRESS)
  const list = useConferenceList()
  const { unreadable } = useExtent()
  const stuck = useStuck()
  const rows = useConferenceRows(list.data ?? NO_LIST, list.failure !== null, stuck)
  const { shown, empty } = useMemo(() => viewConferences(rows, view), [rows, view])
  const frozen = useFrozenRows({
    shown: useMemo(() => shown.map(({ id }) => id), [shown]),
    order: String(writeConferenceView(view)),
  })
  const drawn = useMemo(() => rowsOf(frozen.ids, rows), [frozen.ids, rows])
  const isOld = useIsOld()
  const occupancyOf = useOccupancy(isOld)
  return (
    <>
      <title>{`Conferences · ${title}`}</title>
      <div className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
        <div className="flex min-h-7 items-center gap-x-2 whitespace-nowrap sm:gap-x-4">
          <PageHeading>Conferences</PageHeading>
          {(list.data || rows.length > 0) && (
            <span className="text-muted">{countText(shown.length, rows.length)}</span>
          )}
          {empty > 0 && (
            <Button
              tone="quiet"
              aria-expanded={view.withEmpty}
              onClick={() => changeView({ withEmpty: !view.withEmpty })}
            >
              {view.withEmpty ? 'Hide' : 'Show'} {empty} empty
            </Button>
          )}
        </div>
        <ListState list={list} hasRows={rows.length > 0} />
        <div className="ml-auto flex w-full items-center gap-2 sm:w-auto">
          <NewConference />
          <div className="min-w-0 grow">
            <SearchField label="Filter conferences" {...search} matching={shown.length} />
          </div>
        </div>
      </div>
      {rows.length > 0 && (
        <div className="flex h-8 shrink-0 items-center gap-x-4 overflow-x-auto px-4 pb-1 whitespace-nowrap">
          <Totals rows={rows} stuck={stuck} />
          {view.sort.column === 'now' && <SortNote descending={view.sort.descending} />}
          <Waiting count={frozen.waiting} onShowNow={frozen.showNow} />
        </div>
      )}
      <Unreadable rows={list.data?.unreadable ?? []} where="the list of conferences" />
      <Unreadable rows={unreadable} where="the list of participants" />
      {shown.length > 0 ? (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears what is done to the rows inside
        <div className="contents" {...frozen.watch}>
          <OccupancyContext value={occupancyOf}>
            <DataTable
              label="Conferences"
              columns={conferenceColumns}
              rows={drawn}
              state={{ sorting }}
              onSortingChange={onSortingChange}
              isOld={isOld}
            />
          </OccupancyContext>
        </div>
      ) : (
        <NoRows list={list} isFiltered={rows.length > 0} onClear={() => changeView({ text: '' })} />
      )}
      <CountsProgress />
    </>
  )
}

/** The rows of these ids; a conference that is gone meanwhile has none. */
function rowsOf(ids: IdList, rows: readonly ConferenceRow[]): readonly ConferenceRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.slice().flatMap((id) => byId.get(id) ?? [])
}

/** What the order goes by beside the number of people, which the header of its column does not say. */
const SortNote = ({ descending }: { descending: boolean }) => (
  <span className="text-muted max-md:hidden">
    {descending ? 'Stuck and came back first, then most people in' : 'Fewest people in first'}
  </span>
)

/** How far back the counts and returns are whole. */
function CountsProgress() {
  const { horizon } = useExtent()
  const { actions } = useActivity()
  const removals = useMemo(() => removalsOf(actions.values()), [actions])
  return <SweepProgress what={hasRemovals(removals, horizon) ? 'Counts and returns' : 'Counts'} />
}

interface ListStateProps {
  readonly list: Watched<ConferenceList>
  readonly hasRows: boolean
}

/** What is wrong with the list, and how far back it was read. */
function ListState({ list: { data, failure, askNow }, hasRows }: ListStateProps) {
  return (
    <>
      {failure && hasRows && (
        <FailedLine
          what={
            data ? 'The list may be out of date' : 'Only conferences with participants are shown'
          }
          error={failure}
          isBesideData={data !== undefined}
          onRetry={askNow}
        />
      )}
      {data && <HowFar list={data} onRetry={askNow} />}
    </>
  )
}

/** How far back the list was read, until it is whole, and why reading has stopped. */
function HowFar({ list, onRetry }: { list: ConferenceList; onRetry: () => void }) {
  const { isWhole, stall } = list
  if (stall) {
    const what = isWhole
      ? 'Older conferences may be out of date'
      : 'Could not load older conferences'
    const error = new ApiError(stall.failure)
    return <FailedLine what={what} error={error} isBesideData onRetry={onRetry} />
  }
  if (isWhole) return null
  const from = list.cursor ?? list.newestFrom
  return (
    <span className="text-joining">
      Conferences incomplete: loaded back to <Moment at={from && toMillis(from)} />
    </span>
  )
}

const countText = (shown: number, all: number): string =>
  shown === all ? String(all) : `${shown} of ${all}`

interface NoRowsProps {
  readonly list: Watched<ConferenceList>
  readonly isFiltered: boolean
  readonly onClear: () => void
}

function NoRows({ list: { data, failure, askNow }, isFiltered, onClear }: NoRowsProps) {
  if (isFiltered) {
    return (
      <Screen
        title="No conference matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Every word you type must appear in a conference’s name, type, status, times or id.
      </Screen>
    )
  }
  if (data) {
    return (
      <Screen title="There are no conferences">New conferences appear here automatically.</Screen>
    )
  }
  if (failure) return <Failed error={failure} what="conferences" onRetry={askNow} />
  return <Screen title="Loading the conferences…" />
}
