import { X } from 'lucide-react'
import { Button } from '~/ui/Button.tsx'
import { focusTable } from './focus-table.ts'

/** What is selected and kept back, and what can be done about it. */
export interface RosterBarProps {
  readonly selected: number
  /** How many of the selected are not among the rows drawn. */
  readonly elsewhere: number
  /** How many changes the table keeps back. */
  readonly waiting: number
  readonly onRemove: () => void
  readonly onClear: () => void
  readonly onShowNow: () => void
}

/** What is pressed goes with what it does: the focus goes on in the table. */
const andGoOn = (act: () => void) => () => {
  act()
  focusTable()
}

/** What is selected and what is kept back, on a line whose place is kept free: it must not move the rows. */
export function RosterBar(props: RosterBarProps) {
  const { selected, elsewhere, waiting } = props
  return (
    <>
      {selected > 0 && (
        <div className="flex h-8 min-w-0 items-center gap-2 max-sm:basis-full">
          <p role="status" className="min-w-0 truncate font-medium">
            {selected} selected{elsewhere > 0 && `, ${elsewhere} of them not shown`}
          </p>
          <Button tone="danger" onClick={props.onRemove}>
            <span>
              Remove <span className="max-sm:sr-only">selected </span>({selected})
            </span>
          </Button>
          <Button tone="quiet" title="Clear selection" onClick={andGoOn(props.onClear)}>
            <X className="sm:hidden" />
            <span className="max-sm:sr-only">Clear selection</span>
          </Button>
        </div>
      )}
      {waiting > 0 && (
        <div className="ml-auto flex h-8 items-center gap-2 whitespace-nowrap text-muted">
          <p>
            {waiting} {waiting === 1 ? 'change' : 'changes'} waiting
          </p>
          <Button onClick={andGoOn(props.onShowNow)}>Show now</Button>
        </div>
      )}
    </>
  )
}
