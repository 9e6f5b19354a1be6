import { use } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { SelectedIds } from '~/derive/selection.ts'
import { ALLOWED, reasonOf } from '~/domain/capability.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { allCommands, useCommands, type Command } from '~/ui/commands.ts'
import type { RosterParts } from './RosterCommands.tsx'
import { selectedRows } from './use-rows.ts'

/** Offers what can be done to all selected participants, and to all others. */
export function useSelectionCommands(parts: RosterParts): void {
  const { mayNow } = use(RowActionsContext)
  useCommands(() => selectionCommands(parts, reasonOf(mayNow(ALLOWED))))
}

const PREFIX = 'selection-'

/** Those that are on offer. */
export const offeredForSelection = (): readonly Command[] =>
  allCommands().filter(({ id }) => id.startsWith(PREFIX))

/** @param reason why nothing can be done now */
function selectionCommands(
  { drawn, rows, selection: { ids, count }, questions }: RosterParts,
  reason: string | undefined,
): readonly Command[] {
  const selected = () => selectedRows(ids, drawn, rows)
  type Kind = 'remove' | 'mute' | 'unmute'
  const command = (
    name: string,
    title: string,
    kind: Kind,
    of: () => readonly ParticipantRow[],
  ): Command => ({
    id: `${PREFIX}${name}`,
    group: count === 0 ? 'Everyone here' : `${count} selected`,
    title,
    run: () => questions.open({ kind, rows: of() }),
    reason,
  })
  if (count === 0) {
    if (rows.liveCount === 0) return []
    return [
      command('mute-all', 'Mute everyone…', 'mute', rows.live),
      command('unmute-all', 'Unmute everyone…', 'unmute', rows.live),
    ]
  }
  return [
    command('remove', 'Remove…', 'remove', selected),
    command('mute', 'Mute…', 'mute', selected),
    command('unmute', 'Unmute…', 'unmute', selected),
    command('mute-others', 'Mute everyone but the selected…', 'mute', () =>
      othersOf(ids, selected(), rows.live()),
    ),
  ]
}

/** The others in the conferences of the selected. */
function othersOf(
  ids: SelectedIds,
  selected: readonly ParticipantRow[],
  live: readonly ParticipantRow[],
): readonly ParticipantRow[] {
  const places = new Set(selected.map(({ participant }) => participant.conferenceId))
  return live.filter(({ id, participant }) => !ids[id] && places.has(participant.conferenceId))
}
