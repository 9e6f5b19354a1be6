import type { OutcomeState } from '~/domain/outcome.ts'
import { wordOf } from './outcome-words.ts'

/** Groups of outcomes by which the activity is counted and filtered, in the order of the work. */
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

/** A result in words: those of its only outcome, where it has but one. */
export const RESULT_NAME: Readonly<Record<Result, string>> = {
  open: 'under way',
  pending: wordOf('leaving', 'remove'),
  done: 'done',
  unsure: wordOf('unconfirmed', 'remove'),
  connected: wordOf('still-connected', 'remove'),
  failed: wordOf('failed', 'remove'),
  unsent: 'not sent',
}

/** How an outcome is grouped and how urgent it is, the same on every surface. */
interface Traits {
  readonly result: Result
  /** It went as the operator wished. */
  readonly isWell: boolean
  /** Nothing is left to wait for or to be done. */
  readonly isSettled: boolean
  /** It went wrong, and something is left to be done about it. */
  readonly isBad: boolean
  /** Screen readers announce it at once. */
  readonly isUrgent: boolean
}

const traits = (
  result: Result,
  ...is: readonly ('well' | 'settled' | 'bad' | 'urgent')[]
): Traits => ({
  result,
  isWell: is.includes('well'),
  isSettled: is.includes('settled'),
  isBad: is.includes('bad'),
  isUrgent: is.includes('urgent'),
})

/** The traits of each outcome. */
export const OUTCOME_TRAITS: Readonly<Record<OutcomeState, Traits>> = {
  waiting: traits('open'),
  sending: traits('open'),
  leaving: traits('pending'),
  unconfirmed: traits('unsure', 'urgent'),
  'still-connected': traits('connected', 'bad', 'urgent'),
  'call-ended': traits('pending'),
  gone: traits('done', 'well', 'settled'),
  failed: traits('failed', 'bad', 'urgent'),
  skipped: traits('unsent', 'settled'),
  changed: traits('unsent', 'bad', 'urgent'),
  withdrawn: traits('unsent', 'well', 'settled'),
}
