import type { Action, ActionKind, ActionState } from '~/domain/action.ts'
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
