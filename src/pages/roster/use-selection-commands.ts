import type { IdList } from '~/derive/id-list.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { SelectedIds } from '~/derive/selection.ts'
import { reasonOf, type Verdict } from '~/domain/capability.ts'
import { useCommands, type Command } from '~/ui/commands.ts'
import type { Questions } from './questions.ts'
import { selectedRows, type Rows } from './use-rows.ts'

interface SelectionOptions {
  readonly ids: SelectedIds
  readonly count: number
  /** Ids of the rows drawn, in their order. */
  readonly drawn: IdList
  readonly rows: Rows
  readonly questions: Pick<Questions, 'open'>
  readonly mayNow: (verdict: Verdict) => Verdict
}

/** Offers what can be done to all selected participants, and to all others. Returns the same. */
export function useSelectionCommands(options: SelectionOptions): () => readonly Command[] {
  const provide = () => selectionCommands(options)
  useCommands(provide)
  return provide
}

function selectionCommands(options: SelectionOptions): readonly Command[] {
  const { ids, count, drawn, rows, questions, mayNow } = options
  const reason = reasonOf(mayNow({ allowed: true }))
  const selected = () => selectedRows(ids, drawn, rows)
  const command = (id: string, title: string, run: () => void): Command => ({
    id: `selection-${id}`,
    group: count === 0 ? 'Everyone here' : `${count} selected`,
    title,
    run,
    reason,
  })
  if (count === 0) {
    if (rows.liveCount === 0) return []
    return [
      command('mute-all', 'Mute everyone…', () =>
        questions.open({ kind: 'mute', rows: rows.live() }),
      ),
      command('unmute-all', 'Unmute everyone…', () =>
        questions.open({ kind: 'unmute', rows: rows.live() }),
      ),
    ]
  }
  return [
    command('remove', 'Remove…', () => questions.open({ kind: 'remove', rows: selected() })),
    command('mute', 'Mute…', () => questions.open({ kind: 'mute', rows: selected() })),
    command('unmute', 'Unmute…', () => questions.open({ kind: 'unmute', rows: selected() })),
    command('mute-others', 'Mute everyone but the selected…', () =>
      questions.open({ kind: 'mute', rows: othersOf(ids, selected(), rows.live()) }),
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
