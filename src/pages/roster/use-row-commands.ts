import { use } from 'react'
import { useNavigate } from 'react-router'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isHeading, type RowSource } from '~/table/features.ts'
import { PanelContext, RowActionsContext } from '~/table/participants/row-actions.ts'
import { rowIndexOf } from '~/table/use-roving-focus.ts'
import { useCommands, type Command } from '~/ui/commands.ts'
import { rowCommands, type RowTools } from './row-commands.ts'
import type { RosterParts } from './RosterCommands.tsx'

/** Offers what can be done to the participant of the row that has the focus, or whose panel is open. Returns the same for any row. */
export function useRowCommands(parts: RosterParts): (row: ParticipantRow) => readonly Command[] {
  const navigate = useNavigate()
  const tools: RowTools = {
    ...parts,
    actions: use(RowActionsContext),
    panelOf: use(PanelContext),
    go: (to) => void navigate(to),
  }
  useCommands(() => {
    const row = currentRow(parts.lines)
    if (!row) return []
    // What acts without a question needs a row that is really aimed at, not one whose panel happens to be open.
    const place = document.activeElement
    const isAimed =
      place !== null && (rowIndexOf(place) !== null || place.closest('aside') !== null)
    return rowCommands(row, tools, isAimed)
  })
  return (row) => rowCommands(row, tools)
}

/** The row that has the focus, else the one whose panel is open. */
function currentRow(lines: RowSource<ParticipantRow>): ParticipantRow | undefined {
  const place = document.activeElement ?? document.body
  const open = document.querySelector('tr[aria-current]')
  const index = rowIndexOf(place) ?? (open && rowIndexOf(open))
  const [line] = index === null ? [] : lines.slice(index, index + 1)
  return line && !isHeading(line) ? line : undefined
}
