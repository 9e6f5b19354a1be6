import { NEVER_SENT } from '~/domain/action.ts'
import { hasEndedCall, outcomeOf, type Evidence, type Outcome } from '~/domain/outcome.ts'
import { isGone } from '~/domain/participant.ts'
import type { ParticipantRow } from './participant-rows.ts'

/** What the outcome of a row's removal is judged by. */
export const evidenceOf = ({ participant, history, hangUp }: ParticipantRow): Evidence => ({
  participant,
  history,
  hangUp,
})

/**
 * What became of the latest removal of a row; undefined where none was or will be sent.
 *
 * @param now milliseconds on the server's clock
 * @param limit as for `outcomeOf`
 */
export const removalOutcome = (
  row: ParticipantRow,
  now: number,
  limit: number,
): Outcome | undefined =>
  row.action === undefined || NEVER_SENT.has(row.action.state)
    ? undefined
    : outcomeOf(row.action, evidenceOf(row), now, limit)

/** Whether a hang-up from here has ended the call of a row, and its record does not say so yet. */
export const isCallEnded = ({ hangUp, participant }: ParticipantRow): boolean =>
  hangUp !== undefined && hasEndedCall(hangUp) && !isGone(participant)
