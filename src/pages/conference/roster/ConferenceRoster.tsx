import { lazy, Suspense, useEffect, useMemo, useState, type ChangeEvent } from 'react'
import { usePoll, useReach, useRoster } from '~/cache/live/poll.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import { viewParticipants, type ParticipantRow } from '~/derive/participant-rows.ts'
import { selectedOf } from '~/derive/selection.ts'
import {
  readParticipantView,
  writeParticipantView,
  DEFAULT_HIDDEN,
  PARTICIPANT_COLUMNS,
} from '~/derive/view.ts'
import type { Conference } from '~/domain/conference.ts'
import { DataTable } from '~/table/DataTable.tsx'
import { participantColumns, RowActionsContext } from '~/table/participants/columns.tsx'
import { choiceOf } from '~/table/participants/Select.tsx'
import { RemovalLimitContext } from '~/table/participants/removal-limit.ts'
import { useSelection } from '~/table/use-selection.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { PageBoundary } from '~/pages/PageBoundary.tsx'
import { SweepProgress } from '~/pages/SweepProgress.tsx'
import { Unreadable } from '~/pages/Unreadable.tsx'
import { useIsOld } from '~/pages/use-is-old.ts'
import { useSorting, useView } from '~/pages/use-view.ts'
import { NoParticipants } from './NoParticipants.tsx'
import { loadBar, RosterToolbar } from './RosterToolbar.tsx'
import { useHold } from './use-hold.ts'
import { useRowActions } from './use-row-actions.ts'
import { useRows } from './use-rows.ts'

const loadPanel = () => import('~/pages/conference/panel/ParticipantPanel.tsx')
const loadDialog = () => import('~/pages/conference/dialogs/RemovalDialog.tsx')
const loadHangUpDialog = () => import('~/pages/conference/dialogs/HangUpDialog.tsx')
const ParticipantPanel = lazy(loadPanel)
const RemovalDialog = lazy(loadDialog)
const HangUpDialog = lazy(loadHangUpDialog)

interface ConferenceRosterProps {
  readonly conferenceId: string
  readonly conferenceLabel: string
  /** Its own record, once that is known. */
  readonly conference: Conference | undefined
}

/** The people of one conference: counted, filtered, listed, selected, and removed. */
export function ConferenceRoster({
  conferenceId,
  conferenceLabel,
  conference,
}: ConferenceRosterProps) {
  const [view, changeView] = useView(readParticipantView, writeParticipantView)
  // Ids are the same whatever their case; the server writes them small.
  const openId = view.participant?.toLowerCase() ?? null
  const poll = usePoll()
  const { unreadable } = useRoster()
  const reach = useReach()
  const rows = useRows(conferenceId, conference, view.hidden, openId)
  const shown = useMemo(() => viewParticipants(rows, view), [rows, view])
  const [hangUpId, setHangUpId] = useState<string | null>(null)
  const selection = useSelection()
  const [asked, setAsked] = useState<readonly ParticipantRow[]>([])
  const { ids, count: selected } = selection
  const hold = useHold({
    rows,
    shown,
    order: String(writeParticipantView({ ...view, participant: null })),
    isKept: selected > 0 || asked.length > 0 || hangUpId !== null,
  })
  const order = useMemo(() => hold.rows.map(({ id }) => id), [hold.rows])
  const { share, elsewhere } = selectedOf(ids, selected, order)
  const matching = hold.rows.length
  const { sorting, onSortingChange } = useSorting(PARTICIPANT_COLUMNS, view.sort, changeView)
  const limit = useRemovalLimit()
  const isOld = useIsOld()
  const hasRows = rows.length > 0
  // Right after the first rows, yet before they are needed: by then the network may be gone.
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(
      () => void Promise.allSettled([loadPanel(), loadDialog(), loadHangUpDialog(), loadBar()]),
    )
    return () => clearTimeout(timer)
  }, [hasRows])
  const toHangUp = rows.find(({ id }) => id === hangUpId)
  const actions = useRowActions(view, setAsked, setHangUpId)
  const select = (event: ChangeEvent<HTMLInputElement>) => {
    const choice = choiceOf(event)
    if (choice) selection.choose(choice, order)
  }
  return (
    <RemovalLimitContext.Provider value={limit}>
      <RowActionsContext.Provider value={actions}>
        <RosterToolbar
          rows={rows}
          matching={matching}
          isPartial={mayHaveMore(conference ?? null, reach)}
          view={view}
          selected={selected}
          elsewhere={elsewhere}
          waiting={hold.waiting}
          changeView={changeView}
          onRemove={() =>
            setAsked([...new Set([...hold.rows, ...rows])].filter(({ id }) => ids[id]))
          }
          onClear={selection.clear}
          onShowNow={hold.showNow}
        />
        <div className="flex min-h-0 grow">
          {matching > 0 ? (
            // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears what is done to the rows inside
            <div
              className="contents"
              {...hold.watch}
              onChange={select}
              onKeyDown={({ key }) => key === 'Escape' && selection.clear()}
            >
              <DataTable
                label="Participants"
                columns={participantColumns}
                rows={hold.rows}
                state={{ sorting, rowSelection: ids }}
                onSortingChange={onSortingChange}
                onRowSelectionChange={selection.onRowSelectionChange}
                share={share}
                currentId={openId}
                isOld={isOld}
              />
            </div>
          ) : (
            <NoParticipants
              rows={rows}
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
              <Suspense>
                <ParticipantPanel
                  key={openId}
                  id={openId}
                  conferenceId={conferenceId}
                  row={rows.find(({ id }) => id === openId)}
                  onClose={() => changeView({ participant: null })}
                />
              </Suspense>
            </PageBoundary>
          )}
        </div>
        {/* Below, so that no row moves when it comes. */}
        <Unreadable rows={unreadable} where="the list of participants" />
        <SweepProgress what="Participants" />
        <Suspense>
          {asked[0] && (
            <ErrorBoundary resetKey={asked[0].id}>
              <RemovalDialog
                asked={asked}
                everyone={rows}
                labelOf={() => conferenceLabel}
                isWhole={reach.isWhole}
                onConfirm={() => selection.deselect(asked)}
                onClose={() => setAsked([])}
              />
            </ErrorBoundary>
          )}
          {toHangUp && (
            <ErrorBoundary resetKey={toHangUp.id}>
              <HangUpDialog row={toHangUp} onClose={() => setHangUpId(null)} />
            </ErrorBoundary>
          )}
        </Suspense>
      </RowActionsContext.Provider>
    </RemovalLimitContext.Provider>
  )
}
