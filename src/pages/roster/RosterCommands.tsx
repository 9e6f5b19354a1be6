import type { IdList } from '~/derive/id-list.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { ParticipantView } from '~/derive/view.ts'
import type { RowSource } from '~/table/features.ts'
import type { useSelection } from '~/table/use-selection.ts'
import type { ChangeView } from '~/pages/use-view.ts'
import type { Questions } from './questions.ts'
import { RowMenu, type useRowMenu } from './RowMenu.tsx'
import { useRowCommands } from './use-row-commands.ts'
import { useSelectionCommands } from './use-selection-commands.ts'
import { useViewCommands } from './use-view-commands.ts'
import type { RosterScope, Rows } from './use-rows.ts'

/** What the commands of a roster are about. */
export interface RosterParts {
  readonly scope: RosterScope
  readonly view: ParticipantView
  readonly changeView: ChangeView<ParticipantView>
  readonly rows: Rows
  /** Ids of the rows shown, in their order. */
  readonly drawn: IdList
  readonly lines: RowSource<ParticipantRow>
  readonly selection: ReturnType<typeof useSelection>
  readonly questions: Questions
}

interface RosterCommandsProps extends RosterParts {
  readonly menu: ReturnType<typeof useRowMenu>
}

/** Offers what can be done to a row, to the selected and with the view, and draws the menu of a row. */
export function RosterCommands({ menu, ...parts }: RosterCommandsProps) {
  const commandsOf = useRowCommands(parts)
  useSelectionCommands(parts)
  useViewCommands(parts)
  return <RowMenu menu={menu} commandsOf={commandsOf} rowOf={parts.rows.rowOf} />
}
