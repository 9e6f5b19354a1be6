import { useMemo, type ChangeEvent, type KeyboardEvent } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { marksOf } from '~/derive/query/marks.ts'
import type { Query } from '~/derive/query/terms.ts'
import type { Share } from '~/derive/selection.ts'
import { DataTable } from '~/table/DataTable.tsx'
import type { RowSource } from '~/table/features.ts'
import { participantColumns, participantFolding } from '~/table/participants/columns.tsx'
import { MarksContext } from '~/table/participants/Marked.tsx'
import { choiceOf } from '~/table/participants/Select.tsx'
import type { useSelection } from '~/table/use-selection.ts'
import type { useFrozenRows } from '~/pages/use-frozen-rows.ts'
import { useIsOld } from '~/pages/use-is-old.ts'
import type { ListSorting } from '~/pages/use-view.ts'
import { ContactNames } from './ContactNames.tsx'
import { useColumns } from './use-columns.ts'

interface RosterTableProps extends ListSorting {
  readonly lines: RowSource<ParticipantRow>
  readonly frozen: Pick<ReturnType<typeof useFrozenRows>, 'ids' | 'watch'>
  readonly query: Query
  readonly selection: ReturnType<typeof useSelection>
  /** How many of the rows are selected. */
  readonly share: Share
  /** The participant whose panel is open. */
  readonly currentId: string | null
  /** The conference of each participant is of use as a column. */
  readonly hasConference: boolean
}

/** The table of participants as the operator wants it, with its selection. */
export function RosterTable(props: RosterTableProps) {
  const { lines, frozen, query, selection, share, currentId, sorting, onSortingChange } = props
  const columns = useColumns(props.hasConference)
  const isOld = useIsOld()
  const marks = useMemo(() => marksOf(query), [query])
  const select = (event: ChangeEvent<HTMLInputElement>) => {
    const choice = choiceOf(event)
    if (choice) selection.choose(choice, frozen.ids)
  }
  return (
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
          matching={frozen.ids.length}
          state={{ sorting, rowSelection: selection.ids, ...columns.state }}
          density={columns.density}
          onSortingChange={onSortingChange}
          onRowSelectionChange={selection.onRowSelectionChange}
          share={share}
          currentId={currentId}
          isOld={isOld}
          companion={ContactNames}
        />
      </MarksContext>
    </div>
  )
}
