import type { Action, Batch, Target } from '~/domain/action.ts'
import { participantOf, THEN } from './participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'

/** When actions of specs are requested, in milliseconds. */
export const ASKED_AT = toMillis(THEN) + 60_000

/** A target: the participant of the fixtures, unless told otherwise. */
export function targetOf(wish: Partial<Target> = {}): Target {
  const { id, conferenceId, referenceId, status } = participantOf()
  return {
    id,
    label: 'Ann',
    number: '+15551230001',
    conferenceId,
    conferenceLabel: 'Standup',
    callId: referenceId,
    status,
    ...wish,
  }
}

/** A removal that waits, unless told otherwise. */
export const actionOf = (wish: Partial<Action> = {}): Action => ({
  id: 'action',
  batch: 'batch',
  kind: 'remove',
  target: targetOf(),
  by: 'Sam',
  reason: '',
  state: 'waiting',
  requestedAt: ASKED_AT,
  sentAt: null,
  answeredAt: null,
  leavingAt: null,
  lookedAt: null,
  goneAt: null,
  text: '',
  trace: '',
  revision: 0,
  ...wish,
})

/** A batch that cannot be undone, unless told otherwise. */
export const batchOf = (wish: Partial<Batch> = {}): Batch => ({
  id: 'batch',
  account: 'account',
  startsAt: ASKED_AT,
  paused: null,
  tab: 'tab',
  isDismissed: false,
  touchedAt: ASKED_AT,
  revision: 0,
  ...wish,
})
