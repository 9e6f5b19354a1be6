import { Suspense, useEffect, useMemo, useState, type ChangeEvent, type KeyboardEvent } from 'react'
import { usePoll, useReach } from '~/cache/live/poll.ts'
import { useCounts, useExtent } from '~/cache/roster/use-roster.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import type { IdList } from '~/derive/id-list.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { selectedOf, type SelectedIds } from '~/derive/selection.ts'
import {
  readParticipantView,
  writeParticipantView,
  DEFAULT_HIDDEN,
  PARTICIPANT_COLUMNS,
} from '~/derive/view.ts'
import { reasonOf } from '~/domain/capability.ts'
import type { Conference } from '~/domain/conference.ts'
import { DataTable } from '~/table/DataTable.tsx'
import {
  participantColumns,
  participantFolding,
  RowActionsContext,
} from '~/table/participants/columns.tsx'
import { choiceOf } from '~/table/participants/Select.tsx'
import { RemovalLimitContext } from '~/table/participants/removal-limit.ts'
import { rowIndexOf } from '~/table/use-roving-focus.ts'
import { useSelection } from '~/table/use-selection.ts'
import { announce } from '~/ui/announce.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { lazy } from '~/ui/lazy.ts'
import { Loading } from '~/ui/Loading.tsx'
import { PageBoundary } from '~/pages/PageBoundary.tsx'
import { SweepProgress } from '~/pages/SweepProgress.tsx'
import { Unreadable } from '~/pages/Unreadable.tsx'
import { useFrozenRows } from '~/pages/use-frozen-rows.ts'
import { useIsOld } from '~/pages/use-is-old.ts'
import { useListView } from '~/pages/use-view.ts'
import { ContactNames } from './ContactNames.tsx'
import { NoParticipants } from './NoParticipants.tsx'
import { RosterToolbar } from './RosterToolbar.tsx'
import { useRowActions } from './use-row-actions.ts'
import { useRows, type Rows } from './use-rows.ts'

const ParticipantPanel = lazy(
  async () => (await import('~/pages/conference/panel/ParticipantPanel.tsx')).ParticipantPanel,
)
const RemovalDialog = lazy(
  async () => (await import('~/pages/conference/dialogs/RemovalDialog.tsx')).RemovalDialog,
)
const HangUpDialog = lazy(
  async () => (await import('~/pages/conference/dialogs/HangUpDialog.tsx')).HangUpDialog,
)

const ADDRESS = {
  read: readParticipantView,
  write: writeParticipantView,
  columns: PARTICIPANT_COLUMNS,
}

interface ConferenceRosterProps {
  readonly conferenceId: string
  readonly conferenceLabel: string
  /** The record of the conference, once it is read. */
  readonly conference: Conference | undefined
}

/** The participants of one conference: counts, filter, table, selection and removal. */
export function ConferenceRoster({
  conferenceId,
  conferenceLabel,
  conference,
}: ConferenceRosterProps) {
  const { view, changeView, search, sorting, onSortingChange } = useListView(ADDRESS)
  // Ids are case-insensitive; the server writes them in lower case.
  const openId = view.participant?.toLowerCase() ?? null
  const poll = usePoll()
  const { unreadable } = useExtent()
  const live = useCounts(conferenceId)?.live ?? 0
  const reach = useReach()
  const rows = useRows(conferenceId, conference, view, openId)
  const [hangUpId, setHangUpId] = useState<string | null>(null)
  const selection = useSelection()
  const [asked, setAsked] = useState<readonly ParticipantRow[]>([])
  const { ids, count: selected } = selection
  const frozen = useFrozenRows({
    shown: rows.ids,
    order: String(writeParticipantView({ ...view, participant: null })),
    isKept: selected > 0 || asked.length > 0 || hangUpId !== null,
  })
  const drawn = useMemo(() => drawnRows(frozen.ids, rows), [frozen.ids, rows])
  const { share, elsewhere } = selectedOf(ids, selected, frozen.ids)
  const matching = frozen.ids.length
  const limit = useRemovalLimit()
  const isOld = useIsOld()
  const hasRows = rows.total > 0
  // Loaded right after the first rows, before they are needed: by then the network may be gone.
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(() => {
      for (const { preload } of [ParticipantPanel, RemovalDialog, HangUpDialog]) void preload()
    })
    return () => clearTimeout(timer)
  }, [hasRows])
  const toHangUp = hangUpId === null ? undefined : rows.rowOf(hangUpId)
  const actions = useRowActions(view, setAsked, setHangUpId, poll.isOnline)
  const onKeyDown = ({ key, target }: KeyboardEvent) => {
    if (key === 'Escape') selection.clear()
    const index = key === 'Delete' ? rowIndexOf(target) : null
    const [row] = index === null ? [] : drawn.slice(index, index + 1)
    if (!row) return
    const reason = reasonOf(actions.mayNow(row.removal))
    if (reason === undefined) setAsked([row])
    else announce(reason)
  }
  const select = (event: ChangeEvent<HTMLInputElement>) => {
    const choice = choiceOf(event)
    if (choice) selection.choose(choice, frozen.ids)
  }
  return (
    <RemovalLimitContext value={limit}>
      <RowActionsContext value={actions}>
        <RosterToolbar
          rows={rows}
          matching={matching}
          isPartial={mayHaveMore(conference ?? null, reach)}
          view={view}
          search={search}
          selected={selected}
          elsewhere={elsewhere}
          waiting={frozen.waiting}
          removalReason={reasonOf(actions.mayNow({ allowed: true }))}
          changeView={changeView}
          onRemove={() => setAsked(selectedRows(ids, frozen.ids, rows))}
          onClear={selection.clear}
          onShowNow={frozen.showNow}
        />
        <div className="flex min-h-0 grow">
          {matching > 0 ? (
            // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears what is done to the rows inside
            <div className="contents" {...frozen.watch} onChange={select} onKeyDown={onKeyDown}>
              <DataTable
                label="Participants"
                columns={participantColumns}
                folding={participantFolding}
                rows={drawn}
                state={{ sorting, rowSelection: ids }}
                onSortingChange={onSortingChange}
                onRowSelectionChange={selection.onRowSelectionChange}
                share={share}
                currentId={openId}
                isOld={isOld}
                companion={ContactNames}
              />
            </div>
          ) : (
            <NoParticipants
              createdAt={conference?.createdAt ?? null}
              total={rows.total}
              live={live}
              view={view}
              poll={poll}
              reach={reach}
              isOld={isOld}
              onShowGone={() => changeView({ hidden: [] })}
              onClear={() => changeView({ text: '', hidden: DEFAULT_HIDDEN })}
            />
          )}
          {openId && (
            <PageBoundary part={openId}>
              <Suspense fallback={<Loading />}>
                <ParticipantPanel
                  key={openId}
                  id={openId}
                  conferenceId={conferenceId}
                  row={rows.rowOf(openId)}
                  onClose={() => changeView({ participant: null })}
                />
              </Suspense>
            </PageBoundary>
          )}
        </div>
        {/* Below the table, so that no row moves when this appears. */}
        <Unreadable rows={unreadable} where="the list of participants" />
        <SweepProgress what="Participants" />
        <Suspense>
          {asked[0] && (
            <ErrorBoundary resetKey={asked[0].id}>
              <RemovalDialog
                asked={asked}
                everyone={[...rows.live(), ...asked.flatMap(({ id }) => rows.rowOf(id) ?? [])]}
                labelOf={() => conferenceLabel}
                isWhole={reach.isWhole}
                onConfirm={() => selection.deselect(asked)}
                onClose={() => setAsked([])}
              />
            </ErrorBoundary>
          )}
          {toHangUp && (
            <ErrorBoundary resetKey={toHangUp.id}>
              <HangUpDialog
                row={toHangUp}
                labelOf={() => conferenceLabel}
                onClose={() => setHangUpId(null)}
              />
            </ErrorBoundary>
          )}
        </Suspense>
      </RowActionsContext>
    </RemovalLimitContext>
  )
}

/** The rows of these ids, made when drawn. Outside of the page: a closure would keep its whole scope alive. */
const drawnRows = (ids: IdList, { rowOf }: Rows) => ({
  length: ids.length,
  slice: (start: number, end: number): readonly ParticipantRow[] =>
    ids.slice(start, end).flatMap((id) => rowOf(id) ?? []),
})

/** The selected rows: those drawn in their order, then all others. */
const selectedRows = (
  selected: SelectedIds,
  drawn: IdList,
  { rowOf }: Rows,
): readonly ParticipantRow[] => {
  const ids = Object.keys(selected)
  const inOrder = drawn.slice().filter((id) => selected[id])
  return [...new Set([...inOrder, ...ids])].flatMap((id) => rowOf(id) ?? [])
}
