import { ArrowDown, ArrowUp } from 'lucide-react'
import { COLUMN_WIDTHS, movedColumn, type ColumnWidth, type Look } from '~/derive/look.ts'
import { PARTICIPANT_COLUMNS, type ParticipantColumn } from '~/derive/view.ts'
import { Button } from '~/ui/Button.tsx'
import { setLook } from '../look.ts'

const NAMES: Readonly<Record<ParticipantColumn, string>> = {
  who: 'Who',
  conference: 'Conference (where there are several)',
  status: 'Status',
  since: 'Since',
  created: 'Created',
  updated: 'Updated',
  reference: 'Reference',
  id: 'Id',
}

const WIDTHS: readonly ColumnWidth[] = ['narrow', 'medium', 'wide']

/** Which columns of participants are shown, in which order and how wide. */
export function ColumnChoice({ look: { columns, widths } }: { look: Look }) {
  const hidden = PARTICIPANT_COLUMNS.filter((column) => !columns.includes(column))
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">Columns of participants</legend>
      <p className="mb-2 text-muted">
        On a narrow screen some are left out: they are in the details of each participant.
      </p>
      <ul aria-label="Columns" className="flex flex-col">
        {[...columns, ...hidden].map((column) => {
          const name = NAMES[column]
          const at = columns.indexOf(column)
          return (
            <li
              key={column}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1"
            >
              <label className="flex min-h-7 w-72 items-center gap-2">
                <input
                  type="checkbox"
                  checked={at >= 0}
                  // A row without a name could not be told from others.
                  disabled={column === 'who'}
                  onChange={({ target }) =>
                    setLook({ columns: toggled(columns, column, target.checked) })
                  }
                />
                {name}
              </label>
              <Move columns={columns} column={column} step={-1} name={name} />
              <Move columns={columns} column={column} step={1} name={name} />
              <label className="flex items-center gap-1.5 text-muted">
                <span className="sr-only">{name}: </span>width
                <select
                  value={widths[column] ?? ''}
                  onChange={({ target }) =>
                    setLook({ widths: withWidth(widths, column, target.value) })
                  }
                  className="h-7 rounded border border-edge bg-page px-1 text-ink"
                >
                  <option value="">as it fits</option>
                  {WIDTHS.map((width) => (
                    <option key={width} value={width}>
                      {width}, {COLUMN_WIDTHS[width]} pixels
                    </option>
                  ))}
                </select>
              </label>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

interface MoveProps {
  readonly columns: Look['columns']
  readonly column: ParticipantColumn
  readonly step: -1 | 1
  readonly name: string
}

function Move({ columns, column, step, name }: MoveProps) {
  const moved = movedColumn(columns, column, step)
  const label = `Move ${name} ${step < 0 ? 'up' : 'down'}`
  const Icon = step < 0 ? ArrowUp : ArrowDown
  return (
    <Button
      tone="quiet"
      className="px-1.5!"
      aria-label={label}
      disabledReason={moved === columns ? 'It is there already.' : undefined}
      onClick={() => setLook({ columns: moved })}
    >
      <Icon className="size-3.5" />
    </Button>
  )
}

const toggled = (
  columns: Look['columns'],
  column: ParticipantColumn,
  isShown: boolean,
): Look['columns'] => (isShown ? [...columns, column] : columns.filter((one) => one !== column))

function withWidth(
  widths: Look['widths'],
  column: ParticipantColumn,
  value: string,
): Look['widths'] {
  const width = WIDTHS.find((one) => one === value)
  const { [column]: _before, ...others } = widths
  return width ? { ...others, [column]: width } : others
}
