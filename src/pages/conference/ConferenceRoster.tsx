import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useActivity } from '~/cache/activity.ts'
import { useCallers } from '~/cache/callers.ts'
import { usePoll, useReach, useRoster } from '~/cache/poll.ts'
import { useSessionState } from '~/cache/session.ts'
import { useSettings } from '~/cache/settings.ts'
import {
  askedOf,
  countByStatus,
  inConference,
  participantRow,
  viewParticipants,
  type ParticipantRow,
} from '~/derive/participant-rows.ts'
import {
  nextSort,
  readParticipantView,
  toggleHidden,
  writeParticipantView,
  DEFAULT_HIDDEN,
  PARTICIPANT_COLUMNS,
} from '~/derive/view.ts'
import type { Conference } from '~/domain/conference.ts'
import { DataTable } from '~/table/DataTable.tsx'
import { participantColumns, RowActionsContext } from '~/table/participants/columns.tsx'
import { RemovalLimitContext } from '~/table/participants/removal-limit.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { SearchField } from '~/ui/SearchField.tsx'
import { SweepProgress } from '../SweepProgress.tsx'
import { Unreadable } from '../Unreadable.tsx'
import { useIsOld } from '../use-is-old.ts'
import { useView } from '../use-view.ts'
import { NoParticipants } from './NoParticipants.tsx'
import { StatusFilter } from './StatusFilter.tsx'
import { CameBack, useInsight } from './use-insight.ts'

const loadPanel = () => import('./ParticipantPanel.tsx')
const loadDialog = () => import('./RemovalDialog.tsx')
const loadHangUpDialog = () => import('./HangUpDialog.tsx')
const ParticipantPanel = lazy(loadPanel)
const RemovalDialog = lazy(loadDialog)
const HangUpDialog = lazy(loadHangUpDialog)

interface ConferenceRosterProps {
  readonly conferenceId: string
  /** Its own record, once that is known. */
  readonly conference: Conference | undefined
}

/** The people of one conference: counted, filtered, listed, and removed. */
export function ConferenceRoster({ conferenceId, conference }: ConferenceRosterProps) {
  const [view, changeView] = useView(readParticipantView, writeParticipantView)
  // Ids are the same whatever their case; the server writes them small.
  const openId = view.participant?.toLowerCase() ?? null
  const poll = usePoll()
  const { unreadable } = useRoster()
  const reach = useReach()
  const rows = useRows(conferenceId, conference, view.hidden, openId)
  const shown = useMemo(() => viewParticipants(rows, view), [rows, view])
  const [askedId, setAskedId] = useState<string | null>(null)
  const [hangUpId, setHangUpId] = useState<string | null>(null)
  const cameBack = rows.filter(({ note }) => note?.rejoin).length
  const isOld = useIsOld()
  const hasRows = rows.length > 0
  // Right after the first rows, yet before they are needed: by then the network may be gone.
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(
      () => void Promise.allSettled([loadPanel(), loadDialog(), loadHangUpDialog()]),
    )
    return () => clearTimeout(timer)
  }, [hasRows])
  const asked = rows.find(({ id }) => id === askedId)
  const toHangUp = rows.find(({ id }) => id === hangUpId)
  const actions = useMemo(
    () => ({
      panelOf: (id: string) => `?${writeParticipantView({ ...view, participant: id })}`,
      askRemoval: (row: ParticipantRow) => setAskedId(row.id),
      askHangUp: (row: ParticipantRow) => setHangUpId(row.id),
    }),
    [view],
  )
  return (
    <RemovalLimitContext.Provider value={useSettings().removalLimitSeconds * 1000}>
      <RowActionsContext.Provider value={actions}>
        <div className="flex flex-wrap items-center gap-2 px-4 py-2">
          <StatusFilter
            counts={countByStatus(rows)}
            hidden={view.hidden}
            onToggle={(status) => changeView({ hidden: toggleHidden(view.hidden, status) })}
          />
          {cameBack > 0 && (
            <Suspense>
              <CameBack
                count={cameBack}
                text={view.text}
                onFilter={(text) => changeView({ text })}
              />
            </Suspense>
          )}
          <div className="ml-auto w-full sm:w-auto">
            <SearchField
              label="Filter participants"
              value={view.text}
              onChange={(text) => changeView({ text }, 'replace')}
            />
          </div>
        </div>
        <Unreadable rows={unreadable} where="the list of participants" />
        <div className="flex min-h-0 grow">
          {shown.length > 0 ? (
            <DataTable
              label="Participants"
              columns={participantColumns}
              rows={shown}
              sort={view.sort}
              currentId={openId}
              isOld={isOld}
              onSort={(name) => {
                const column = PARTICIPANT_COLUMNS.find((one) => one === name)
                if (column) changeView({ sort: nextSort(view.sort, column) })
              }}
            />
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
            <ErrorBoundary resetKey={openId}>
              <Suspense>
                <ParticipantPanel
                  key={openId}
                  id={openId}
                  conferenceId={conferenceId}
                  row={rows.find(({ id }) => id === openId)}
                  onClose={() => changeView({ participant: null })}
                />
              </Suspense>
            </ErrorBoundary>
          )}
        </div>
        <SweepProgress what="Participants" />
        {asked && (
          <ErrorBoundary resetKey={asked.id}>
            <Suspense>
              <RemovalDialog row={asked} onClose={() => setAskedId(null)} />
            </Suspense>
          </ErrorBoundary>
        )}
        {toHangUp && (
          <ErrorBoundary resetKey={toHangUp.id}>
            <Suspense>
              <HangUpDialog row={toHangUp} onClose={() => setHangUpId(null)} />
            </Suspense>
          </ErrorBoundary>
        )}
      </RowActionsContext.Provider>
    </RemovalLimitContext.Provider>
  )
}

/** The rows of everyone; callers are asked for only where a name would be seen. */
function useRows(
  conferenceId: string,
  conference: Conference | undefined,
  hidden: readonly string[],
  openId: string | null,
): readonly ParticipantRow[] {
  const { held } = useRoster()
  const { actions } = useActivity()
  const permission = useSessionState().session?.permission ?? null
  const asked = useMemo(() => askedOf(actions, permission), [actions, permission])
  const here = useMemo(() => inConference(held, conferenceId), [held, conferenceId])
  const callers = useCallers(
    here.flatMap(({ participant: { id, status, referenceId, createdAt } }) =>
      referenceId !== null && (id === openId || !hidden.includes(status))
        ? [{ callId: referenceId, createdAt }]
        : [],
    ),
  )
  const insight = useInsight(conferenceId, conference, here.length > 0)
  return useMemo(
    () => here.map((one) => participantRow(one, callers, asked, insight)),
    [here, callers, asked, insight],
  )
}
