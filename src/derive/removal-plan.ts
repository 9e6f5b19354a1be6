import { groupBy } from '~/util/group-by.ts'
import { visibleText } from '~/util/visible-text.ts'
import type { ParticipantRow } from './participant-rows.ts'

/** The people of one conference whose removal is being confirmed. */
interface PlannedGroup {
  readonly conferenceId: string | null
  /** In the order they were asked for; also those who will be skipped. */
  readonly rows: readonly ParticipantRow[]
  /** Once they are removed nobody is joined there any more, as far as we know. */
  readonly isEmptied: boolean
}

/** What a removal of one or many comes to, as things stand. */
export interface RemovalPlan {
  readonly groups: readonly PlannedGroup[]
  /** Those it will be asked for. The others are skipped, for the reason their `removal` gives. */
  readonly removable: readonly ParticipantRow[]
}

/**
 * Plans the removal of these people as they are now.
 *
 * @param asked as they were when the question was opened: no one else will be removed
 * @param everyone as known now, of at least the conferences these people are in
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
 * What is so of one participant and what its removal would do, as the sentence after its name. Only what can be
 * removed is said to be disconnected.
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
