import { useNavigate } from 'react-router'
import type { IdList } from '~/derive/id-list.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isHeading, type RowSource } from '~/table/features.ts'
import type { RowActions } from '~/table/participants/row-actions.ts'
import { rowIndexOf } from '~/table/use-roving-focus.ts'
import type { useSelection } from '~/table/use-selection.ts'
import { useCommands, type Command } from '~/ui/commands.ts'
import { copyText } from '~/ui/copy.ts'
import { rowCommands, type RowTools } from './row-commands.ts'

interface RowCommandsOptions {
  readonly lines: RowSource<ParticipantRow>
  readonly actions: RowActions
  readonly panelOf: (id: string) => string
  readonly selection: ReturnType<typeof useSelection>
  /** Ids of all rows in their order. */
  readonly all: IdList
  readonly isAcross: boolean
  readonly filterBy: (text: string) => void
  readonly copyForTicket: (row: ParticipantRow) => void
}

/** Offers what can be done to the participant of the row that has the focus, or whose panel is open. Returns the same for any row. */
export function useRowCommands(
  options: RowCommandsOptions,
): (row: ParticipantRow) => readonly Command[] {
  const { lines, actions, panelOf, selection, all, isAcross, filterBy, copyForTicket } = options
  const navigate = useNavigate()
  const tools: RowTools = {
    actions,
    panelOf,
    isAcross,
    filterBy,
    copyForTicket,
    go: (to) => void navigate(to),
    copy: (text, what) => void copyText(text, what),
    isSelected: (id) => selection.ids[id] === true,
    select: (id, isOn) => selection.choose({ id, isOn, isRange: false }, all),
  }
  const commandsOf = (row: ParticipantRow) => rowCommands(row, tools)
  useCommands(() => {
    const row = currentRow(lines)
    if (!row) return []
    // What acts without a question needs a row that is really aimed at, not one whose panel happens to be open.
    const place = document.activeElement
    const isAimed =
      place !== null && (rowIndexOf(place) !== null || place.closest('aside') !== null)
    return rowCommands(row, tools, isAimed)
  })
  return commandsOf
}

/** The row that has the focus, else the one whose panel is open. */
function currentRow(lines: RowSource<ParticipantRow>): ParticipantRow | undefined {
  const place = document.activeElement ?? document.body
  const open = document.querySelector('tr[aria-current]')
  const index = rowIndexOf(place) ?? (open && rowIndexOf(open))
  const [line] = index === null ? [] : lines.slice(index, index + 1)
  return line && !isHeading(line) ? line : undefined
}
