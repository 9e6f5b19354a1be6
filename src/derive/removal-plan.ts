import { groupBy } from '~/util/group-by.ts'
import { visibleText } from '~/util/visible-text.ts'
import type { ParticipantRow } from './participant-rows.ts'

/** The participants of one conference whose removal is being confirmed. */
interface PlannedGroup {
  readonly conferenceId: string | null
  /** In the order they were selected, those that will be skipped included. */
  readonly rows: readonly ParticipantRow[]
  /** No other participant is joined there, as far as known. */
  readonly isEmptied: boolean
}

/** What a removal of one or many comes to, as things stand. */
export interface RemovalPlan {
  readonly groups: readonly PlannedGroup[]
  /** The rows that will be removed. The others are skipped, for the reason their `removal` gives. */
  readonly removable: readonly ParticipantRow[]
}

/**
 * Plans the removal of participants as they are now.
 *
 * @param asked as they were when the dialog was opened: no others will be removed
 * @param everyone all that are known now, of at least the conferences these are in
 */
export function removalPlan(
  asked: readonly ParticipantRow[],
  everyone: readonly ParticipantRow[],
): RemovalPlan {
  const now = new Map(everyone.map((row) => [row.id, row]))
  const rows = asked.map((row) => now.get(row.id) ?? row)
  const removable = rows.filter(({ removal }) => removal.allowed)
  const removed = new Set(removable.map(({ id }) => id))
  const remaining = new Set(
    everyone
      .filter(({ id, participant, requested }) => {
        const isStaying = participant.status === 'joined' && !requested
        return isStaying && !removed.has(id)
      })
      .map(({ participant }) => participant.conferenceId),
  )
  const groups = [...groupBy(rows, ({ participant }) => participant.conferenceId)].map(
    ([conferenceId, members]): PlannedGroup => ({
      conferenceId,
      rows: members,
      isEmptied: !remaining.has(conferenceId) && members.some(({ id }) => removed.has(id)),
    }),
  )
  return { groups, removable }
}

/**
 * The state of a participant and what its removal would do, as the sentence after its name. Only of a participant that
 * can be removed it says that it will be disconnected.
 */
export function removalSentence({ participant: { status }, removal }: ParticipantRow): string {
  if (status === 'leaved') return 'has left the conference.'
  if (status === 'leaving') return 'is leaving the conference.'
  const shown = visibleText(status)
  if (!removal.allowed) return `is ${shown} and cannot be removed.`
  return status === 'joining'
    ? 'is still joining. The server often cannot disconnect someone who is still joining. You will see its answer.'
    : `is ${shown} and will be disconnected from the conference. They can dial in again.`
}
