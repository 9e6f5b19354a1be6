import { describe, expect, it } from 'vitest'
import { actionOf, ASKED_AT } from '~/domain/action.build.ts'
import type { Action } from '~/domain/action.ts'
import { resultOf, resultText } from './action-text.ts'

const sent = { sentAt: ASKED_AT, answeredAt: ASKED_AT + 100 }
const leavingAt = (ASKED_AT + 50) * 1000
const gone = { ...sent, leavingAt, goneAt: ASKED_AT + 1340 }

describe('what came of an action', () => {
  it.each<[Partial<Action>, ReturnType<typeof resultOf>, string]>([
    [{ state: 'waiting' }, 'open', 'waiting'],
    [{ state: 'sending' }, 'open', 'being checked again'],
    [{ state: 'sending', sentAt: ASKED_AT }, 'open', 'sent, not answered yet'],
    [{ state: 'accepted', ...sent, leavingAt }, 'pending', 'accepted, not gone yet'],
    [{ state: 'accepted', ...gone }, 'done', 'gone after 1.3 s'],
    [{ state: 'accepted', ...gone, goneAt: ASKED_AT + 75_000 }, 'done', 'gone after 1 m 15 s'],
    [{ state: 'accepted', ...gone, goneAt: ASKED_AT - 20 }, 'done', 'gone after 0.0 s'],
    [{ state: 'accepted', ...gone, leavingAt: null }, 'done', 'had already left'],
    [{ state: 'unsure', ...sent }, 'unsure', 'not confirmed'],
    [{ state: 'unsure', ...gone }, 'done', 'not confirmed, but gone after 1.3 s'],
    [{ state: 'failed', ...sent }, 'failed', 'failed'],
    [{ state: 'skipped' }, 'unsent', 'skipped'],
    [{ state: 'changed' }, 'unsent', 'changed, not sent'],
    [{ state: 'withdrawn' }, 'unsent', 'taken back'],
    [{ kind: 'hang-up', state: 'accepted', ...sent }, 'pending', 'accepted, call not ended yet'],
    [{ kind: 'hang-up', state: 'accepted', ...gone }, 'done', 'call ended after 1.3 s'],
    [{ kind: 'end', state: 'accepted', ...sent }, 'pending', 'accepted, not ended yet'],
    [{ kind: 'end', state: 'accepted', ...gone }, 'done', 'ended after 1.3 s'],
  ])('%j is %s: %s', (wish, result, text) => {
    const action = actionOf(wish)
    expect(resultOf(action)).toBe(result)
    expect(resultText(action)).toBe(text)
  })
})
