import type { Action, ActionKind } from '~/domain/action.ts'
import { OUTCOME_WORD, type Outcome, type OutcomeState } from '~/domain/outcome.ts'
import { nextLook } from '~/domain/schedule.ts'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'

/** What an action is called, before and after it is done. */
export const ACTION_NAME: Readonly<Record<ActionKind, string>> = {
  remove: 'Removal',
  'hang-up': 'Hang-up',
  end: 'End of conference',
}

/** What has come of what was asked for, in the order of the work. */
export const RESULTS = [
  'open',
  'pending',
  'done',
  'unsure',
  'connected',
  'failed',
  'unsent',
] as const
export type Result = (typeof RESULTS)[number]

/** A result in words. */
export const RESULT_NAME: Readonly<Record<Result, string>> = {
  open: 'under way',
  pending: 'not gone yet',
  done: 'done',
  unsure: 'not confirmed',
  connected: 'still connected',
  failed: 'failed',
  unsent: 'not sent',
}

/** The result of each outcome: those that ask for the same are one. */
export const RESULT_OF: Readonly<Record<OutcomeState, Result>> = {
  waiting: 'open',
  sending: 'open',
  leaving: 'pending',
  unconfirmed: 'unsure',
  'still-connected': 'connected',
  gone: 'done',
  failed: 'failed',
  skipped: 'unsent',
  changed: 'unsent',
  withdrawn: 'unsent',
}

/** What has come of one action, in a few words and with seconds: `gone after 1.3 s`. */
export function resultText(action: Action, outcome: Outcome): string {
  const { kind, state, sentAt, leavingAt } = action
  const word = OUTCOME_WORD[outcome.state][kind]
  const isAccepted = state === 'accepted'
  if (state === 'sending') return sentAt === null ? 'being checked again' : 'sent, not answered yet'
  if (outcome.state === 'leaving') return `${isAccepted ? 'accepted' : 'not confirmed'}, ${word}`
  if (outcome.goneAt === null) return word
  // A participant that has left is answered as it is, and nothing happens (voipbin-api.md 4.3).
  if (kind === 'remove' && isAccepted && leavingAt === null) return 'had already left'
  const after = sentAt === null ? '' : ` after ${secondsText(outcome.goneAt - sentAt)}`
  const but = isAccepted ? '' : state === 'failed' ? 'failed, but ' : 'not confirmed, but '
  return `${but}${word}${after}`
}

/** A length of time with tenths of a second while it is short. Milliseconds. */
const secondsText = (length: number): string =>
  length < 60_000 ? `${(Math.max(length, 0) / 1000).toFixed(1)} s` : durationText(length)

type Titles = Readonly<Record<ActionKind, (label: string) => string>>

const UNDER_WAY: Titles = {
  remove: (label) => `Removing ${label}`,
  'hang-up': (label) => `Hanging up on ${label}`,
  end: (label) => `Ending ${label}`,
}

const forAll = (title: Titles['remove']): Titles => ({
  remove: title,
  'hang-up': title,
  end: title,
})

/** What is said of one action on its card: for each outcome and kind a sentence about whom it is about. */
const TITLE: Readonly<Record<OutcomeState, Titles>> = {
  waiting: UNDER_WAY,
  sending: UNDER_WAY,
  leaving: UNDER_WAY,
  unconfirmed: {
    remove: (label) => `Removal of ${label} is not confirmed`,
    'hang-up': (label) => `Hanging up on ${label} is not confirmed`,
    end: (label) => `The end of ${label} is not confirmed`,
  },
  'still-connected': {
    remove: (label) => `${label} is still connected`,
    'hang-up': (label) => `The call of ${label} is still connected`,
    end: (label) => `${label} has not ended`,
  },
  gone: {
    remove: (label) => `${label} has left`,
    'hang-up': (label) => `The call of ${label} has ended`,
    end: (label) => `${label} has ended`,
  },
  failed: {
    remove: (label) => `${label} was not removed`,
    'hang-up': (label) => `The call of ${label} was not hung up`,
    end: (label) => `${label} was not ended`,
  },
  skipped: forAll((label) => `Nothing was sent for ${label}`),
  changed: forAll((label) => `${label} has changed since you confirmed`),
  withdrawn: {
    remove: (label) => `Removal of ${label} was undone`,
    'hang-up': (label) => `Hanging up on ${label} was undone`,
    end: (label) => `The end of ${label} was undone`,
  },
}

/** One action in a sentence. */
export function titleOf({ kind, target, state }: Action, outcome: Outcome): string {
  // On its way out, though the server did not say yes: that is what has to be known of it.
  const isUnsure = outcome.state === 'leaving' && state !== 'accepted'
  return TITLE[isUnsure ? 'unconfirmed' : outcome.state][kind](visibleText(target.label))
}

/**
 * What is to be added to the title: what the server said, and what happens next.
 *
 * @param limit as for `outcomeOf`
 */
export function storyOf(action: Action, outcome: Outcome, limit: number): string {
  const said = visibleText(action.text)
  return [said, NEXT[outcome.state]?.(action, limit)].filter(Boolean).join(' ')
}

/** What happens next, or is to be done, where that is not said by the title. */
const NEXT: Partial<Readonly<Record<OutcomeState, (action: Action, limit: number) => string>>> = {
  waiting: ({ state }) => (state === 'sending' ? 'Checking the record again.' : ''),
  sending: () => 'Request sent.',
  leaving: ({ state, kind }) => {
    const yet = kind === 'remove' ? 'Still leaving.' : 'Not over yet.'
    return state === 'accepted' ? `The server accepted the request. ${yet}` : yet
  },
  unconfirmed: (action, limit) =>
    nextLook(action, limit) === null
      ? 'Rollcall does not check the record any more: look at it before you ask again.'
      : 'Rollcall keeps checking the record until it shows what happened.',
  // What the server refused is told in the server's words.
  failed: ({ state }) =>
    state === 'unsure'
      ? 'The record has not changed: the request did not arrive or was not carried out.'
      : '',
  'still-connected': ({ kind }, limit) =>
    kind === 'remove'
      ? 'The removal did not work: hang up the call.'
      : `Over ${durationText(limit)} have passed.`,
}

const NOUN: Readonly<Record<ActionKind, string>> = {
  remove: 'removal',
  'hang-up': 'hang-up',
  end: 'end of conference',
}

interface OpenWorkFacts {
  readonly kind: ActionKind
  readonly count: number
  /** Who confirmed it. */
  readonly by: string
  /** Empty where it is not about a conference. */
  readonly conferenceLabel: string
}

/** What another account has left open: `12 removals by Sam in “Standup” not sent yet`. */
export function openWorkText({ kind, count, by, conferenceLabel }: OpenWorkFacts): string {
  const what = kind === 'end' || count === 1 ? NOUN[kind] : `${NOUN[kind]}s`
  const where = conferenceLabel && ` in “${visibleText(conferenceLabel)}”`
  return `${count} ${what} by ${visibleText(by)}${where} not sent yet`
}
