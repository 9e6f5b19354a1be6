import { useMemo } from 'react'
import { COLUMN_WIDTHS, DEFAULT_LOOK, type Look } from '~/derive/look.ts'
import { PARTICIPANT_COLUMNS, type ParticipantColumn } from '~/derive/view.ts'
import { useLook } from '~/pages/look.ts'

/**
 * The columns of participants as the operator wants them, as state of the table.
 *
 * @param hasConference whether it is of use to say in which conference each participant is
 */
export function useColumns(hasConference: boolean) {
  const { columns, widths, density } = useLook()
  return useMemo(
    () => ({ ...columnsOf({ columns, widths }, hasConference), density }),
    [columns, widths, density, hasConference],
  )
}

/** The conference needs their room, unless the operator has chosen the columns. */
const LEFT_FOR_CONFERENCE: readonly ParticipantColumn[] = ['updated', 'reference']

function columnsOf({ columns, widths }: Pick<Look, 'columns' | 'widths'>, hasConference: boolean) {
  const isChosen = String(columns) !== String(DEFAULT_LOOK.columns)
  const left: readonly ParticipantColumn[] = hasConference
    ? isChosen
      ? []
      : LEFT_FOR_CONFERENCE
    : ['conference']
  const shown = columns.filter((column) => !left.includes(column))
  const isShown = (column: ParticipantColumn) => shown.includes(column)
  const state = {
    columnVisibility: {
      ...Object.fromEntries(
        PARTICIPANT_COLUMNS.filter((one) => !isShown(one)).map((one) => [one, false]),
      ),
      ...((hasConference || !isShown('status')) && { note: false }),
    },
    // The departure stands beside the status that says so.
    columnOrder: [
      'select',
      ...shown.flatMap((column) => (column === 'status' ? [column, 'note'] : [column])),
      'remove',
      'menu',
    ],
    columnSizing: Object.fromEntries(
      shown.flatMap((column) => {
        const width = widths[column]
        return width ? [[column, COLUMN_WIDTHS[width]]] : []
      }),
    ),
  }
  return { shown, state }
}
