import { createContext, use, type ChangeEvent } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { Share } from '~/derive/selection.ts'

/** Who is selected, and how many of those that match. The page provides it. */
export interface Selecting {
  readonly ids: ReadonlySet<string>
  readonly share: Share
  readonly matching: number
}

/** Apart from the rows, so that a choice draws the checkboxes anew and nothing else. */
export const SelectionContext = createContext<Selecting>({
  ids: new Set(),
  share: 'none',
  matching: 0,
})

const NAME = 'participant'

/** What was done to a checkbox: whose it is, null for the one of all, and whether a range was meant. */
export function choiceOf({ target, nativeEvent }: ChangeEvent): {
  readonly id: string | null
  readonly isOn: boolean
  readonly isRange: boolean
} | null {
  if (!(target instanceof HTMLInputElement) || target.name !== NAME) return null
  // A checkbox changes by a click, be it of the mouse or of the space bar.
  const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey
  return { id: target.value || null, isOn: target.checked, isRange }
}

/** The table's own handler hears of it: it knows what is drawn, and is not new with every row. */
const leaveToTable = (): void => {}

/**
 * Selects one participant. Rows have no `aria-selected`: that belongs to grids, and the checkbox says it.
 */
export function Select({ row }: { row: ParticipantRow }) {
  const { ids } = use(SelectionContext)
  return (
    <Checkbox
      value={row.id}
      label={`Select ${row.label}`}
      isOn={ids.has(row.id)}
      isPartly={false}
    />
  )
}

/** Selects all that match, drawn or not. */
export function SelectAll() {
  const { share, matching } = use(SelectionContext)
  return (
    <Checkbox
      value=""
      label={`Select all ${matching} that match`}
      isOn={share === 'all'}
      isPartly={share === 'some'}
    />
  )
}

interface CheckboxProps {
  readonly value: string
  readonly label: string
  readonly isOn: boolean
  readonly isPartly: boolean
}

const Checkbox = ({ value, label, isOn, isPartly }: CheckboxProps) => (
  <label className="-my-1 -ml-1 grid size-6 place-items-center select-none">
    <input
      type="checkbox"
      name={NAME}
      value={value}
      aria-label={label}
      title={label}
      checked={isOn}
      ref={(input) => {
        if (input) input.indeterminate = isPartly
      }}
      onChange={leaveToTable}
      className="size-4 accent-accent"
    />
  </label>
)
