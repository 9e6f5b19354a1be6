import { expect, it } from 'vitest'
import { ASKED_AT, actionOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import { removalProgress } from '~/domain/removal-progress.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import { progressText } from './progress-text.ts'

const SENT: Partial<Action> = {
  state: 'accepted',
  sentAt: ASKED_AT + 50,
  answeredAt: ASKED_AT + 200,
}
const LEAVING: Partial<Action> = { ...SENT, leavingAt: fromMillis(ASKED_AT + 190) }

it.each<[string, Partial<Action>]>([
  ['requested 18 s ago', { state: 'waiting' }],
  ['requested 18 s ago, sent after 0.1 s', { state: 'sending', sentAt: ASKED_AT + 50 }],
  ['requested 18 s ago, accepted after 0.2 s, leaving after 0.2 s, not confirmed', LEAVING],
  [
    'requested 18 s ago, accepted after 0.2 s, leaving after 0.2 s, still connected',
    { ...LEAVING, lookedAt: ASKED_AT + 16_000 },
  ],
  [
    'requested 18 s ago, accepted after 0.2 s, gone after 12 s',
    { ...SENT, goneAt: ASKED_AT + 12_000 },
  ],
  ['requested 18 s ago, sent after 0.1 s, failed', { ...SENT, state: 'failed' }],
])('%s', (text, wish) => {
  const now = ASKED_AT + 18_000
  const evidence = { participant: participantOf() }
  const progress = removalProgress(actionOf(wish), evidence, now, 15_000)
  expect(progress && progressText(progress, now)).toBe(text)
})
