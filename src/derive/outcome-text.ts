import { hasProof, type Action } from '~/domain/action.ts'
import type { Answer, Outcome } from '~/domain/outcome.ts'
import { nextLook } from '~/domain/schedule.ts'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { sentenceOf, wordOf } from './outcome-words.ts'

/** What the page of a conference says of its end; empty where nothing was sent, and nothing will be. */
export function endBanner({ state, cause }: Outcome): string {
  const word = wordOf(state, 'end')
  switch (state) {
    case 'waiting':
      return 'Ending: not sent yet'
    case 'sending':
      return 'Ending: sent, not answered yet'
    case 'leaving':
      return 'Ending'
    case 'unconfirmed':
      return `Ending: ${word}`
    case 'still-connected':
      return `People are ${word}`
    case 'gone':
      return cause === 'empty' ? 'Ended, empty' : 'Ended'
    case 'failed':
      return 'Not ended'
    default:
      return ''
  }
}

/** The answer, before an outcome that contradicts it. */
const BUT: Readonly<Record<Exclude<Answer, null>, string>> = {
  yes: '',
  no: 'failed, but ',
  unclear: 'not confirmed, but ',
}

/** What became of an action, with seconds: `gone after 1.3 s`. */
export function resultText({ kind, sentAt }: Action, outcome: Outcome): string {
  const { state, answer, isChecking, goneAt, cause } = outcome
  const word = wordOf(state, kind)
  if (isChecking && state === 'waiting') return 'being checked again'
  if (state === 'sending') return 'sent, not answered yet'
  if (state === 'leaving') return `${answer === 'yes' ? 'accepted' : 'not confirmed'}, ${word}`
  const but = answer === null ? '' : BUT[answer]
  if (state === 'call-ended') return `${but}${word}, ${wordOf('leaving', kind)}`
  if (state !== 'gone') return word
  if (cause === 'before') return 'had already left'
  const back = cause === 'return' ? 'came back, ' : ''
  const after = sentAt === null || goneAt === null ? '' : ` after ${secondsText(goneAt - sentAt)}`
  return `${but}${back}${word}${after}`
}

/** A length of time with tenths of a second while it is short. Milliseconds. */
const secondsText = (length: number): string =>
  length < 60_000 ? `${(Math.max(length, 0) / 1000).toFixed(1)} s` : durationText(length)

/** One action in a sentence. */
export function titleOf({ kind, target }: Action, { state, answer }: Outcome): string {
  // Leaving without a yes from the server: the title says that it is not confirmed.
  const isUnclear = state === 'leaving' && answer !== 'yes'
  return sentenceOf(isUnclear ? 'unconfirmed' : state, kind, visibleText(target.label))
}

/**
 * What is to be added to the title: what the server said, and what happens next.
 *
 * @param limit as for `outcomeOf`
 */
export function storyOf(action: Action, outcome: Outcome, limit: number): string {
  const said = visibleText(action.text)
  return [said, nextText(action, outcome, limit)].filter(Boolean).join(' ')
}

const YET: Partial<Readonly<Record<Action['kind'], string>>> = {
  remove: 'Still leaving.',
  'hang-up': 'Not over yet.',
  end: 'Not over yet.',
  dial: 'The call is not in the conference yet.',
}

/** What happens next or is to be done, where the title does not say it. */
function nextText(action: Action, { state, answer, isChecking }: Outcome, limit: number): string {
  switch (state) {
    case 'waiting':
      return isChecking ? 'Checking the record again.' : ''
    case 'sending':
      return 'Request sent.'
    case 'leaving': {
      const yet = YET[action.kind] ?? 'The record does not show it yet.'
      return answer === 'yes' ? `The server accepted the request. ${yet}` : yet
    }
    case 'unconfirmed':
      if (!hasProof(action)) return 'No record tells whether it happened: ask before you repeat it.'
      return nextLook(action, limit) === null
        ? 'Rollcall does not check the record any more: look at it before you ask again.'
        : 'Rollcall keeps checking the record until it shows what happened.'
    case 'call-ended':
      return 'It was hung up from here. The record of the participant does not say so yet.'
    case 'still-connected':
      return action.kind === 'remove'
        ? 'The removal did not work: hang up the call.'
        : `Over ${durationText(limit)} have passed.`
    case 'failed':
      // What the server refused is told in the server's words.
      return answer === 'unclear'
        ? 'The record has not changed: the request did not arrive or was not carried out.'
        : ''
    default:
      return ''
  }
}
