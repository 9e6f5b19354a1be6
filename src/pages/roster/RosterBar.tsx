import { Ellipsis, X } from 'lucide-react'
import { Button } from '~/ui/Button.tsx'
import type { Command } from '~/ui/commands.ts'
import { CommandsButton } from '~/ui/CommandsButton.tsx'
import { Waiting } from '~/pages/Waiting.tsx'
import { focusTable } from './focus-table.ts'

/** The selection, the changes held back, and the controls for both. */
export interface RosterBarProps {
  readonly selected: number
  /** How many selected rows are not drawn. */
  readonly elsewhere: number
  /** How many changes the table holds back. */
  readonly waiting: number
  /** Why nothing can be removed now. */
  readonly removalReason: string | undefined
  /** What else can be done to the selected. */
  readonly selectionCommands: () => readonly Command[]
  readonly onRemove: () => void
  readonly onClear: () => void
  readonly onShowNow: () => void
}

/** The pressed button disappears with its action, so the focus moves to the table. */
const andGoOn = (act: () => void) => () => {
  act()
  focusTable()
}

/**
 * The selection and the changes held back, on a line of reserved height, so that the rows do not
 * move.
 */
export function RosterBar(props: RosterBarProps) {
  const { selected, elsewhere, waiting } = props
  return (
    <>
      {selected > 0 && (
        <div className="flex h-8 min-w-0 items-center gap-2">
          <p role="status" className="min-w-0 truncate font-medium">
            {selected} selected{elsewhere > 0 && `, ${elsewhere} of them not shown`}
          </p>
          <Button tone="danger" disabledReason={props.removalReason} onClick={props.onRemove}>
            <span>
              Remove <span className="max-sm:sr-only">selected </span>({selected})
            </span>
          </Button>
          <CommandsButton
            label="More for the selected"
            title="Mute, unmute, mute the others"
            commands={props.selectionCommands}
          >
            <Ellipsis />
          </CommandsButton>
          <Button tone="quiet" title="Clear selection" onClick={andGoOn(props.onClear)}>
            <X className="sm:hidden" />
            <span className="max-sm:sr-only">Clear selection</span>
          </Button>
        </div>
      )}
      <Waiting count={waiting} onShowNow={andGoOn(props.onShowNow)} />
    </>
  )
}
