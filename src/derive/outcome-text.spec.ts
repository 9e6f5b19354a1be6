import { describe, expect, it } from 'vitest'
import { actionOf, ASKED_AT, targetOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import { resultText, storyOf, titleOf } from './outcome-text.ts'
import { OUTCOME_TRAITS, type Result } from './outcome-traits.ts'

const sent = { sentAt: ASKED_AT, answeredAt: ASKED_AT + 100 }
const leavingAt = (ASKED_AT + 50) * 1000
const gone = { ...sent, leavingAt, goneAt: ASKED_AT + 1340 }

describe('what became of an action, in a few words', () => {
  it.each<[Partial<Action>, Result, string]>([
    [{ state: 'waiting' }, 'open', 'pending'],
    [{ state: 'sending' }, 'open', 'being checked again'],
    [{ state: 'sending', sentAt: ASKED_AT }, 'open', 'sent, not answered yet'],
    [{ state: 'accepted', ...sent, leavingAt }, 'pending', 'accepted, not gone yet'],
    [{ state: 'accepted', ...gone }, 'done', 'gone after 1.3 s'],
    [{ state: 'accepted', ...gone, goneAt: ASKED_AT + 75_000 }, 'done', 'gone after 1 m 15 s'],
    [{ state: 'accepted', ...gone, goneAt: ASKED_AT - 20 }, 'done', 'gone after 0.0 s'],
    [{ state: 'accepted', ...gone, leavingAt: null }, 'done', 'had already left'],
    [{ state: 'unsure', ...sent }, 'unsure', 'not confirmed'],
    [{ state: 'unsure', ...gone }, 'done', 'not confirmed, but gone after 1.3 s'],
    [{ state: 'unsure', ...sent, leavingAt }, 'pending', 'not confirmed, not gone yet'],
    [{ state: 'failed', ...sent }, 'failed', 'failed'],
    [{ state: 'failed', ...gone }, 'done', 'failed, but gone after 1.3 s'],
    [{ state: 'skipped' }, 'unsent', 'skipped'],
    [{ state: 'changed' }, 'unsent', 'changed, not sent'],
    [{ state: 'withdrawn' }, 'unsent', 'undone'],
    [{ kind: 'hang-up', state: 'accepted', ...sent }, 'pending', 'accepted, call not ended yet'],
    [{ kind: 'hang-up', state: 'accepted', ...gone }, 'done', 'call ended after 1.3 s'],
    [{ kind: 'end', state: 'accepted', ...sent }, 'pending', 'accepted, not ended yet'],
    [{ kind: 'end', state: 'accepted', ...gone }, 'done', 'ended after 1.3 s'],
    [{ kind: 'record', state: 'accepted', ...sent }, 'pending', 'accepted, not recording yet'],
    [
      { kind: 'record', state: 'unsure', ...gone },
      'done',
      'not confirmed, but recording started after 1.3 s',
    ],
    [
      { kind: 'stop-recording', state: 'accepted', ...gone },
      'done',
      'recording stopped after 1.3 s',
    ],
    [{ kind: 'create', state: 'failed', ...sent }, 'failed', 'failed'],
    [{ kind: 'edit', state: 'changed' }, 'unsent', 'changed, not sent'],
    [{ kind: 'new-link', state: 'unsure', ...sent }, 'unsure', 'not confirmed'],
  ])('%j is %s: %s', (wish, result, text) => {
    const action = actionOf(wish)
    const outcome = outcomeOf(action, {}, ASKED_AT + 1000, 15_000)
    expect(OUTCOME_TRAITS[outcome.state].result).toBe(result)
    expect(resultText(action, outcome)).toBe(text)
  })
})

const LOOKED = { ...sent, leavingAt, lookedAt: ASKED_AT + 20_000 }

describe('what a card says of an action', () => {
  it.each<[Partial<Action>, string, string]>([
    [{ state: 'sending' }, 'Removing Ann', 'Checking the record again.'],
    [
      { state: 'accepted', ...sent, leavingAt },
      'Removing Ann',
      'The server accepted the request. Still leaving.',
    ],
    [
      { state: 'unsure', ...sent, text: 'No answer.' },
      'Removal of Ann is not confirmed',
      'No answer. Rollcall keeps checking the record until it shows what happened.',
    ],
    [
      { state: 'unsure', ...sent, answeredAt: null, text: 'No answer.' },
      'Removal of Ann is not confirmed',
      'No answer. Rollcall does not check the record any more: look at it before you ask again.',
    ],
    [
      { state: 'unsure', ...sent, lookedAt: ASKED_AT + 61_000, text: 'No answer.' },
      'Ann was not removed',
      'No answer. The record has not changed: the request did not arrive or was not carried out.',
    ],
    [
      { state: 'unsure', ...sent, leavingAt, text: 'Too long.' },
      'Removal of Ann is not confirmed',
      'Too long. Still leaving.',
    ],
    [
      { state: 'accepted', ...LOOKED },
      'Ann is still connected',
      'The removal did not work: hang up the call.',
    ],
    [{ state: 'unsure', ...gone, text: 'No answer.' }, 'Ann has left', 'No answer.'],
    [{ state: 'failed', ...sent, text: 'Refused.' }, 'Ann was not removed', 'Refused.'],
    [{ kind: 'end', state: 'accepted', ...LOOKED }, 'Ann has not ended', 'Over 15 s have passed.'],
    [{ kind: 'hang-up', state: 'failed', ...sent }, 'The call of Ann was not hung up', ''],
  ])('%j: %s. %s', (wish, title, story) => {
    const action = actionOf(wish)
    const outcome = outcomeOf(action, {}, ASKED_AT + 1000, 15_000)
    const late = outcomeOf(action, {}, Infinity, 15_000)
    const now = action.lookedAt === null ? outcome : late
    expect(titleOf(action, now)).toBe(title)
    expect(storyOf(action, now, 15_000)).toBe(story)
  })

  it('shows invisible characters by their code points', () => {
    const action = actionOf({
      state: 'failed',
      ...sent,
      text: 'a\u202Eb',
      target: targetOf({ label: '\u2066x' }),
    })
    const outcome = outcomeOf(action, {}, ASKED_AT, 15_000)
    expect(titleOf(action, outcome)).toBe('⟨U+2066⟩x was not removed')
    expect(storyOf(action, outcome, 15_000)).toBe('a⟨U+202E⟩b')
  })
})
