import { Suspense, useCallback, useState } from 'react'
import type { IdList } from '~/derive/id-list.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { RowSource } from '~/table/features.ts'
import type { useSelection } from '~/table/use-selection.ts'
import { ActionMenu } from '~/ui/lazy-action-menu.ts'
import type { Questions } from './questions.ts'
import { useRowCommands } from './use-row-commands.ts'
import { useSelectionCommands } from './use-selection-commands.ts'
import { useViewCommands } from './use-view-commands.ts'
import type { RosterPage } from './use-rows.ts'

/** What the commands of a roster are about. */
export interface RosterParts extends RosterPage {
  /** Ids of the rows shown, in their order. */
  readonly drawn: IdList
  readonly lines: RowSource<ParticipantRow>
  readonly selection: ReturnType<typeof useSelection>
  readonly questions: Questions
}

/** The menu of a row, and what opens it. */
export function useRowMenu() {
  const [opened, setOpened] = useState<{ row: ParticipantRow; anchor: Element } | null>(null)
  // The same function always: rows are drawn again when what they call is another.
  const open = useCallback((row: ParticipantRow, anchor: Element) => setOpened({ row, anchor }), [])
  return { opened, open, close: () => setOpened(null) }
}

interface RosterCommandsProps extends RosterParts {
  readonly menu: ReturnType<typeof useRowMenu>
}

/** Offers what can be done to a row, to the selected and with the view, and draws the menu of a row. */
export function RosterCommands({ menu: { opened, close }, ...parts }: RosterCommandsProps) {
  const commandsOf = useRowCommands(parts)
  useSelectionCommands(parts)
  useViewCommands(parts)
  return (
    <Suspense>
      {opened && (
        <ActionMenu
          label={opened.row.fullLabel}
          // The row as it is now.
          commands={commandsOf(parts.rows.rowOf(opened.row.id) ?? opened.row)}
          anchor={opened.anchor}
          onClose={close}
        />
      )}
    </Suspense>
  )
}
