import { Suspense, useCallback, useState } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { Command } from '~/ui/commands.ts'
import { ActionMenu } from '~/ui/lazy-action-menu.ts'

interface Opened {
  readonly row: ParticipantRow
  readonly anchor: Element
}

/** The menu of a row, and what opens it. */
export function useRowMenu() {
  const [opened, setOpened] = useState<Opened | null>(null)
  // The same function always: rows are drawn again when what they call is another.
  const open = useCallback((row: ParticipantRow, anchor: Element) => setOpened({ row, anchor }), [])
  return { opened, open, close: () => setOpened(null) }
}

interface RowMenuProps {
  readonly menu: ReturnType<typeof useRowMenu>
  readonly commandsOf: (row: ParticipantRow) => readonly Command[]
  /** The row as it is now. */
  readonly rowOf: (id: string) => ParticipantRow | undefined
}

/** Everything that can be done to one participant. */
export function RowMenu({ menu: { opened, close }, commandsOf, rowOf }: RowMenuProps) {
  return (
    <Suspense>
      {opened && (
        <ActionMenu
          label={opened.row.fullLabel}
          commands={commandsOf(rowOf(opened.row.id) ?? opened.row)}
          anchor={opened.anchor}
          onClose={close}
        />
      )}
    </Suspense>
  )
}
