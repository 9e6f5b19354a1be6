import { Ellipsis, X } from 'lucide-react'
import { use } from 'react'
import { ALLOWED, reasonOf } from '~/domain/capability.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import type { useSelection } from '~/table/use-selection.ts'
import { Button } from '~/ui/Button.tsx'
import { CommandsButton } from '~/ui/CommandsButton.tsx'
import type { useFrozenRows } from '~/pages/use-frozen-rows.ts'
import { Waiting } from '~/pages/Waiting.tsx'
import { focusTable } from './focus-table.ts'
import { offeredForSelection } from './use-selection-commands.ts'

interface RosterBarProps {
  readonly selection: Pick<ReturnType<typeof useSelection>, 'count' | 'clear'>
  /** How many selected rows are not drawn. */
  readonly elsewhere: number
  /** How many changes the table holds back, and what shows them. */
  readonly frozen: Pick<ReturnType<typeof useFrozenRows>, 'waiting' | 'showNow'>
  readonly onRemove: () => void
}

/** The pressed button disappears with its action, so the focus moves to the table. */
const andGoOn = (act: () => void) => () => {
  act()
  focusTable()
}

/** The selection and the changes held back, on a line of reserved height, so that the rows do not move. */
export function RosterBar({ selection, elsewhere, frozen, onRemove }: RosterBarProps) {
  const { mayNow } = use(RowActionsContext)
  const selected = selection.count
  return (
    <>
      {selected > 0 && (
        <div className="flex h-8 min-w-0 items-center gap-2">
          <p role="status" className="min-w-0 truncate font-medium">
            {selected} selected{elsewhere > 0 && `, ${elsewhere} of them not shown`}
          </p>
          <Button tone="danger" disabledReason={reasonOf(mayNow(ALLOWED))} onClick={onRemove}>
            <span>
              Remove <span className="max-sm:sr-only">selected </span>({selected})
            </span>
          </Button>
          <CommandsButton
            label="More for the selected"
            title="Mute, unmute, mute the others"
            commands={offeredForSelection}
          >
            <Ellipsis />
          </CommandsButton>
          <Button tone="quiet" title="Clear selection" onClick={andGoOn(selection.clear)}>
            <X className="sm:hidden" />
            <span className="max-sm:sr-only">Clear selection</span>
          </Button>
        </div>
      )}
      <Waiting count={frozen.waiting} onShowNow={andGoOn(frozen.showNow)} />
    </>
  )
}
