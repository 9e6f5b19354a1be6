import { useMemo } from 'react'
import { useExtent } from '~/cache/roster/use-roster.ts'
import { useRemovalLimit } from '~/use-config.ts'
import { parseQuery } from '~/derive/query/parse.ts'
import { selectedOf } from '~/derive/selection.ts'
import { readParticipantView, writeParticipantView, PARTICIPANT_COLUMNS } from '~/derive/view.ts'
import { PanelContext, RowActionsContext } from '~/table/participants/row-actions.ts'
import { RemovalLimitContext } from '~/table/participants/removal-state.ts'
import { useSelection } from '~/table/use-selection.ts'
import { SweepProgress } from '~/pages/SweepProgress.tsx'
import { Unreadable } from '~/pages/Unreadable.tsx'
import { useFrozenRows } from '~/pages/use-frozen-rows.ts'
import { useListView } from '~/pages/use-view.ts'
import { drawnLines } from './drawn-lines.tsx'
import { useLazyPartsAhead } from './lazy-parts.ts'
import { NoParticipants } from './NoParticipants.tsx'
import { useQuestions } from './questions.ts'
import { RosterBar } from './RosterBar.tsx'
import { RosterCommands, useRowMenu } from './RosterCommands.tsx'
import { RosterDialogs } from './RosterDialogs.tsx'
import { RosterPanel } from './RosterPanel.tsx'
import { RosterTable } from './RosterTable.tsx'
import { RosterToolbar } from './RosterToolbar.tsx'
import { usePanelPath, useRowActions } from './use-row-actions.ts'
import { selectedRows, useRows, type RosterScope } from './use-rows.ts'

const ADDRESS = {
  read: readParticipantView,
  write: writeParticipantView,
  columns: PARTICIPANT_COLUMNS,
}

/** Participants of one conference or of all: counts, filter, table, selection and removal. */
export function Roster({ scope }: { scope: RosterScope }) {
  const { view, changeView, search, ...sorting } = useListView(ADDRESS)
  // Ids are case-insensitive; the server writes them in lower case.
  const openId = view.participant?.toLowerCase() ?? null
  const query = useMemo(() => parseQuery(view.text), [view.text])
  const rows = useRows(scope, view, query, openId)
  useLazyPartsAhead(rows.total > 0)
  const selection = useSelection()
  const questions = useQuestions()
  const frozen = useFrozenRows({
    shown: rows.ids,
    order: String(writeParticipantView({ ...view, participant: null })),
    isKept: selection.count > 0 || questions.current !== null,
  })
  const drawn = frozen.ids
  const menu = useRowMenu()
  const actions = useRowActions(scope, questions, menu.open)
  const isAcross = scope.conferenceId === null
  const groupedBy = isAcross && view.isGrouped ? actions.conferenceOf : null
  const lines = useMemo(() => drawnLines(drawn, rows, groupedBy), [drawn, rows, groupedBy])
  const { share, elsewhere } = selectedOf(selection.ids, selection.count, drawn)
  const page = { scope, view, changeView, rows }
  return (
    <RemovalLimitContext value={useRemovalLimit()}>
      <RowActionsContext value={actions}>
        <PanelContext value={usePanelPath(view)}>
          <RosterToolbar
            {...page}
            query={query}
            search={search}
            matching={drawn.length}
            isSelecting={selection.count > 0}
          >
            <RosterBar
              selection={selection}
              elsewhere={elsewhere}
              frozen={frozen}
              onRemove={() =>
                questions.open({ kind: 'remove', rows: selectedRows(selection.ids, drawn, rows) })
              }
            />
          </RosterToolbar>
          <div className="flex min-h-0 grow">
            {drawn.length > 0 ? (
              <RosterTable
                lines={lines}
                frozen={frozen}
                query={query}
                selection={selection}
                share={share}
                currentId={openId}
                hasConference={isAcross && !view.isGrouped}
                {...sorting}
              />
            ) : (
              <NoParticipants {...page} />
            )}
            <RosterPanel {...page} id={openId} />
          </div>
          {/* Below the table, so that no row moves when this appears. */}
          <Unreadable rows={useExtent().unreadable} where="the list of participants" />
          <SweepProgress what="Participants" />
          <RosterDialogs questions={questions} rows={rows} onConfirmed={selection.deselect} />
          <RosterCommands
            {...page}
            drawn={drawn}
            lines={lines}
            selection={selection}
            questions={questions}
            menu={menu}
          />
        </PanelContext>
      </RowActionsContext>
    </RemovalLimitContext>
  )
}
