import { Suspense, useEffect, useMemo, useState, type ChangeEvent } from 'react'
import { usePoll, useReach, useRoster } from '~/cache/live/poll.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import { viewParticipants, type ParticipantRow } from '~/derive/participant-rows.ts'
import { choose, NOBODY_SELECTED, selectedOf, withoutIds } from '~/derive/selection.ts'
import {
  readParticipantView,
  writeParticipantView,
  DEFAULT_HIDDEN,
  PARTICIPANT_COLUMNS,
} from '~/derive/view.ts'
import type { Conference } from '~/domain/conference.ts'
import { DataTable } from '~/table/DataTable.tsx'
import { participantColumns, RowActionsContext } from '~/table/participants/columns.tsx'
import { choiceOf, SelectionContext } from '~/table/participants/Select.tsx'
import { RemovalLimitContext } from '~/table/participants/removal-limit.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { lazy } from '~/ui/lazy.ts'
import { Loading } from '~/ui/Loading.tsx'
import { PageBoundary } from '~/pages/PageBoundary.tsx'
import { SweepProgress } from '~/pages/SweepProgress.tsx'
import { Unreadable } from '~/pages/Unreadable.tsx'
import { useIsOld } from '~/pages/use-is-old.ts'
import { sorting, useView } from '~/pages/use-view.ts'
import { NoParticipants } from './NoParticipants.tsx'
import { RosterToolbar } from './RosterToolbar.tsx'
import { useHold } from './use-hold.ts'
import { useRowActions } from './use-row-actions.ts'
import { useRows } from './use-rows.ts'

const ParticipantPanel = lazy(
  async () => (await import('~/pages/conference/panel/ParticipantPanel.tsx')).ParticipantPanel,
)
const RemovalDialog = lazy(
  async () => (await import('~/pages/conference/dialogs/RemovalDialog.tsx')).RemovalDialog,
)
const HangUpDialog = lazy(
  async () => (await import('~/pages/conference/dialogs/HangUpDialog.tsx')).HangUpDialog,
)

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
  const [selection, setSelection] = useState(NOBODY_SELECTED)
  const [asked, setAsked] = useState<readonly ParticipantRow[]>([])
  const { ids } = selection
  const hold = useHold({
    rows,
    shown,
    order: String(writeParticipantView({ ...view, participant: null })),
    isKept: ids.size > 0 || asked.length > 0 || hangUpId !== null,
  })
  const { share, elsewhere } = selectedOf(selection, hold.rows)
  const matching = hold.rows.length
  const selecting = useMemo(() => ({ ids, share, matching }), [ids, share, matching])
  const limit = useRemovalLimit()
  const isOld = useIsOld()
  const hasRows = rows.length > 0
  // Right after the first rows, yet before they are needed: by then the network may be gone.
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(() => {
      for (const { preload } of [ParticipantPanel, RemovalDialog, HangUpDialog]) void preload()
    })
    return () => clearTimeout(timer)
  }, [hasRows])
  const toHangUp = rows.find(({ id }) => id === hangUpId)
  const actions = useRowActions(view, setAsked, setHangUpId)
  const select = (event: ChangeEvent<HTMLInputElement>) => {
    const choice = choiceOf(event)
    if (choice) setSelection((before) => choose(before, hold.rows, choice))
  }
  return (
    <RemovalLimitContext value={limit}>
      <RowActionsContext value={actions}>
        <RosterToolbar
          rows={rows}
          matching={matching}
          isPartial={mayHaveMore(conference ?? null, reach)}
          view={view}
          selected={ids.size}
          elsewhere={elsewhere}
          waiting={hold.waiting}
          changeView={changeView}
          onRemove={() =>
            setAsked([...new Set([...hold.rows, ...rows])].filter(({ id }) => ids.has(id)))
          }
          onClear={() => setSelection(NOBODY_SELECTED)}
          onShowNow={hold.showNow}
        />
        <div className="flex min-h-0 grow">
          {matching > 0 ? (
            <SelectionContext value={selecting}>
              {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears what is done to the rows inside */}
              <div
                className="contents"
                {...hold.watch}
                onChange={select}
                onKeyDown={({ key }) => key === 'Escape' && setSelection(NOBODY_SELECTED)}
              >
                <DataTable
                  label="Participants"
                  columns={participantColumns}
                  rows={hold.rows}
                  sort={view.sort}
                  currentId={openId}
                  isOld={isOld}
                  onSort={sorting(PARTICIPANT_COLUMNS, view.sort, changeView)}
                />
              </div>
            </SelectionContext>
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
              <Suspense fallback={<Loading />}>
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
                onConfirm={() => setSelection(withoutIds(selection, asked))}
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
      </RowActionsContext>
    </RemovalLimitContext>
  )
}
