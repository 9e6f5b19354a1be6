import type { Action, ActionKind, ActionState } from '~/domain/action.ts'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'

/** What an action is called, before and after it is done. */
export const ACTION_NAME: Readonly<Record<ActionKind, string>> = {
  remove: 'Removal',
  'hang-up': 'Hang-up',
  end: 'End of conference',
}

/** A state in words. */
export const STATE_TEXT: Readonly<Record<ActionState, string>> = {
  waiting: 'waiting',
  sending: 'sent',
  accepted: 'accepted',
  failed: 'failed',
  unsure: 'not confirmed',
  skipped: 'skipped',
  changed: 'changed, not sent',
  withdrawn: 'taken back',
}

/** What came of an action, to be told to whoever asked for it. */
export interface Outcome {
  readonly title: string
  readonly text: string
  readonly trace: string
}

/** An outcome that must not slip by; undefined while all goes as it should. */
export function outcomeOf(action: Action): Outcome | undefined {
  const title = outcomeTitle(action)
  return title === undefined
    ? undefined
    : { title, text: visibleText(action.text), trace: action.trace }
}

function outcomeTitle({ kind, state, target, goneAt, leavingAt }: Action): string | undefined {
  const label = visibleText(target.label)
  const isOver = goneAt !== null
  switch (state) {
    case 'failed':
      return {
        remove: `${label} was not removed`,
        'hang-up': `The call of ${label} was not hung up`,
        end: `${label} was not ended`,
      }[kind]
    case 'unsure':
      if (isOver) return kind === 'remove' ? `${label} has left` : undefined
      return {
        remove:
          leavingAt === null
            ? `Whether ${label} was removed is not known`
            : `Removal of ${label} is not confirmed`,
        'hang-up': `Hanging up on ${label} is not confirmed`,
        end: `The end of ${label} is not confirmed`,
      }[kind]
    case 'skipped':
      return `Nothing was sent for ${label}`
    case 'changed':
      return `${label} has changed since you confirmed`
    default:
      return undefined
  }
}

/** What has come of what was asked for, in the order of the work. */
export const RESULTS = ['open', 'pending', 'done', 'unsure', 'failed', 'unsent'] as const
export type Result = (typeof RESULTS)[number]

/** A result in words. */
export const RESULT_NAME: Readonly<Record<Result, string>> = {
  open: 'under way',
  pending: 'not gone yet',
  done: 'done',
  unsure: 'not confirmed',
  failed: 'failed',
  unsent: 'not sent',
}

/** What has come of one action, by what the server said of whom it is about. */
export function resultOf({ state, goneAt }: Action): Result {
  switch (state) {
    case 'waiting':
    case 'sending':
      return 'open'
    case 'accepted':
      return goneAt === null ? 'pending' : 'done'
    case 'unsure':
      return goneAt === null ? 'unsure' : 'done'
    case 'failed':
      return 'failed'
    default:
      return 'unsent'
  }
}

const OVER: Readonly<Record<ActionKind, { readonly yet: string; readonly is: string }>> = {
  remove: { yet: 'not gone yet', is: 'gone' },
  'hang-up': { yet: 'call not ended yet', is: 'call ended' },
  end: { yet: 'not ended yet', is: 'ended' },
}

/** What has come of one action, in a few words and with seconds: `gone after 1.3 s`. */
export function resultText(action: Action): string {
  const { kind, state, sentAt, goneAt, leavingAt } = action
  if (state === 'sending') return sentAt === null ? 'being checked again' : 'sent, not answered yet'
  if (state !== 'accepted' && state !== 'unsure') return STATE_TEXT[state]
  const isAccepted = state === 'accepted'
  if (goneAt === null) return isAccepted ? `accepted, ${OVER[kind].yet}` : STATE_TEXT[state]
  // Somebody who has left is answered as he is, and nothing happens (voipbin-api.md 4.3).
  if (kind === 'remove' && isAccepted && leavingAt === null) return 'had already left'
  const after = sentAt === null ? '' : ` after ${secondsText(goneAt - sentAt)}`
  return `${isAccepted ? '' : 'not confirmed, but '}${OVER[kind].is}${after}`
}

/** A length of time with tenths of a second while it is short. Milliseconds. */
export const secondsText = (length: number): string =>
  length < 60_000 ? `${(Math.max(length, 0) / 1000).toFixed(1)} s` : durationText(length)
