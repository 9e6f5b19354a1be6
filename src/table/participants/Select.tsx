import { Subscribe, type CellContext } from '@tanstack/react-table'
import { use, type ChangeEvent, type ChangeEventHandler } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { Choice } from '~/derive/selection.ts'
import type { features } from '../features.ts'
import { TotalsContext } from '../totals.ts'

const NAME = 'participant'

/** What was done to a checkbox of the selection; null for what bubbles up from elsewhere. */
export function choiceOf({ target, nativeEvent }: ChangeEvent): Choice | null {
  if (!(target instanceof HTMLInputElement) || target.name !== NAME) return null
  // A checkbox changes by a click, be it of the mouse or of the space bar.
  const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey
  return { id: target.value || null, isOn: target.checked, isRange }
}

/**
 * Selects one participant. It alone is drawn anew when that changes: it follows the state of the table, not its row.
 * Rows have no `aria-selected`: that belongs to grids, and the checkbox says it.
 */
export const Select = ({ row, table }: CellContext<typeof features, ParticipantRow>) => (
  <Subscribe source={table.atoms.rowSelection} selector={() => row.getIsSelected()}>
    {(isOn) => (
      <Checkbox
        value={row.id}
        label={`Select ${row.original.fullLabel}`}
        isOn={isOn}
        isPartly={false}
        onChange={row.getToggleSelectedHandler()}
      />
    )}
  </Subscribe>
)

/** Selects all that match, drawn or not: the page does it, as the table knows only the rows on the screen. */
export function SelectAll() {
  const { count, share } = use(TotalsContext)
  return (
    <Checkbox
      value=""
      label={`Select all ${count} that match`}
      isOn={share === 'all'}
      isPartly={share === 'some'}
      onChange={leaveToPage}
    />
  )
}

const leaveToPage = (): void => {}

interface CheckboxProps {
  readonly value: string
  readonly label: string
  readonly isOn: boolean
  readonly isPartly: boolean
  readonly onChange: ChangeEventHandler<HTMLInputElement>
}

const Checkbox = ({ value, label, isOn, isPartly, onChange }: CheckboxProps) => (
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
      onChange={onChange}
      {...(value && { tabIndex: -1 })}
      className="size-4 accent-accent"
    />
  </label>
)
