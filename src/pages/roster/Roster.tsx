import { useMemo, type ChangeEvent, type KeyboardEvent } from 'react'
import { usePoll, useReach } from '~/cache/live/poll.ts'
import { useExtent } from '~/cache/roster/use-roster.ts'
import { useRemovalLimit } from '~/use-config.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import { marksOf } from '~/derive/query/marks.ts'
import { parseQuery } from '~/derive/query/parse.ts'
import { selectedOf } from '~/derive/selection.ts'
import {
  readParticipantView,
  writeParticipantView,
  DEFAULT_HIDDEN,
  PARTICIPANT_COLUMNS,
} from '~/derive/view.ts'
import { reasonOf } from '~/domain/capability.ts'
import { DataTable } from '~/table/DataTable.tsx'
import { participantColumns, participantFolding } from '~/table/participants/columns.tsx'
import { MarksContext } from '~/table/participants/Marked.tsx'
import { PanelContext, RowActionsContext } from '~/table/participants/row-actions.ts'
import { choiceOf } from '~/table/participants/Select.tsx'
import { RemovalLimitContext } from '~/table/participants/removal-limit.ts'
import { useSelection } from '~/table/use-selection.ts'
import { SweepProgress } from '~/pages/SweepProgress.tsx'
import { Unreadable } from '~/pages/Unreadable.tsx'
import { useFrozenRows } from '~/pages/use-frozen-rows.ts'
import { useIsOld } from '~/pages/use-is-old.ts'
import { useListView } from '~/pages/use-view.ts'
import { ContactNames } from './ContactNames.tsx'
import { drawnLines } from './drawn-lines.tsx'
import { NoParticipants } from './NoParticipants.tsx'
import { useQuestions } from './questions.ts'
import { RosterDialogs } from './RosterDialogs.tsx'
import { RowMenu, useRowMenu } from './RowMenu.tsx'
import { RosterPanel } from './RosterPanel.tsx'
import { RosterToolbar } from './RosterToolbar.tsx'
import { useColumns } from './use-columns.ts'
import { useLinkLook } from './use-link-look.ts'
import { usePanelPath, useRowActions } from './use-row-actions.ts'
import { useRowCommands } from './use-row-commands.ts'
import { useSelectionCommands } from './use-selection-commands.ts'
import { useViewCommands } from './use-view-commands.ts'
import { selectedRows, useRows, type RosterScope } from './use-rows.ts'

const ADDRESS = {
  read: readParticipantView,
  write: writeParticipantView,
  columns: PARTICIPANT_COLUMNS,
}

/** Participants of one conference or of all: counts, filter, table, selection and removal. */
export function Roster({ scope }: { scope: RosterScope }) {
  const { conferenceId, conferences } = scope
  const conference = conferences.get(conferenceId ?? '')
  const { view, changeView, search, sorting, onSortingChange } = useListView(ADDRESS)
  // Ids are case-insensitive; the server writes them in lower case.
  const openId = view.participant?.toLowerCase() ?? null
  const poll = usePoll()
  const { unreadable } = useExtent()
  const reach = useReach()
  const query = useMemo(() => parseQuery(view.text), [view.text])
  const rows = useRows(scope, view, query, openId)
  const selection = useSelection()
  const { ids, count: selected } = selection
  const questions = useQuestions(rows.total > 0)
  const frozen = useFrozenRows({
    shown: rows.ids,
    order: String(writeParticipantView({ ...view, participant: null })),
    isKept: selected > 0 || questions.current !== null,
  })
  const isGrouped = view.isGrouped && conferenceId === null
  const lines = useMemo(
    () => drawnLines(frozen.ids, rows, isGrouped ? scope : null),
    [frozen.ids, rows, isGrouped, scope],
  )
  const { share, elsewhere } = selectedOf(ids, selected, frozen.ids)
  const matching = frozen.ids.length
  const isOld = useIsOld()
  const menu = useRowMenu()
  const panelOf = usePanelPath(view)
  const actions = useRowActions({
    conferenceName: scope.conferenceName,
    questions,
    openMenu: menu.open,
  })
  const askSelected = () =>
    questions.open({ kind: 'remove', rows: selectedRows(ids, frozen.ids, rows) })
  const commandsOf = useRowCommands({
    lines,
    actions,
    panelOf,
    selection,
    all: frozen.ids,
    isAcross: conferenceId === null,
    filterBy: (text) => changeView({ text }),
    copyForTicket: (row) => questions.open({ kind: 'ticket', rows: [row], total: 1 }),
  })
  const selectionCommands = useSelectionCommands({
    ids,
    count: selected,
    drawn: frozen.ids,
    rows,
    questions,
    mayNow: actions.mayNow,
  })
  const columns = useColumns(conferenceId === null && !isGrouped)
  useViewCommands({
    scope,
    view,
    changeView,
    rows,
    shown: frozen.ids,
    columns: columns.shown,
    questions,
  })
  const problems = useLinkLook()
  const marks = useMemo(() => marksOf(query), [query])
  const select = (event: ChangeEvent<HTMLInputElement>) => {
    const choice = choiceOf(event)
    if (choice) selection.choose(choice, frozen.ids)
  }
  return (
    <RemovalLimitContext value={useRemovalLimit()}>
      <RowActionsContext value={actions}>
        <PanelContext value={panelOf}>
          <RosterToolbar
            rows={rows}
            matching={matching}
            isPartial={mayHaveMore(conference ?? null, reach)}
            canGroup={conferenceId === null}
            problems={problems}
            view={view}
            query={query}
            search={search}
            selected={selected}
            elsewhere={elsewhere}
            waiting={frozen.waiting}
            removalReason={reasonOf(actions.mayNow({ allowed: true }))}
            changeView={changeView}
            selectionCommands={selectionCommands}
            onRemove={askSelected}
            onClear={selection.clear}
            onShowNow={frozen.showNow}
          />
          <div className="flex min-h-0 grow">
            {matching > 0 ? (
              // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears what is done to the rows inside
              <div
                className="contents"
                {...frozen.watch}
                onChange={select}
                onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && selection.clear()}
              >
                <MarksContext value={marks}>
                  <DataTable
                    label="Participants"
                    columns={participantColumns}
                    folding={participantFolding}
                    rows={lines}
                    matching={matching}
                    state={{ sorting, rowSelection: ids, ...columns.state }}
                    density={columns.density}
                    onSortingChange={onSortingChange}
                    onRowSelectionChange={selection.onRowSelectionChange}
                    share={share}
                    currentId={openId}
                    isOld={isOld}
                    companion={ContactNames}
                  />
                </MarksContext>
              </div>
            ) : (
              <NoParticipants
                scope={scope}
                rows={rows}
                view={view}
                poll={poll}
                reach={reach}
                isOld={isOld}
                onShowGone={() => changeView({ hidden: [] })}
                onClear={() => changeView({ text: '', hidden: DEFAULT_HIDDEN })}
              />
            )}
            <RosterPanel
              id={openId}
              conferenceId={conferenceId}
              rows={rows}
              onClose={() => changeView({ participant: null })}
            />
          </div>
          {/* Below the table, so that no row moves when this appears. */}
          <Unreadable rows={unreadable} where="the list of participants" />
          <SweepProgress what="Participants" />
          <RosterDialogs
            questions={questions}
            rows={rows}
            scope={scope}
            isWhole={reach.isWhole}
            onConfirmed={selection.deselect}
          />
          <RowMenu menu={menu} commandsOf={commandsOf} rowOf={rows.rowOf} />
        </PanelContext>
      </RowActionsContext>
    </RemovalLimitContext>
  )
}
