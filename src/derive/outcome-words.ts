import type { ActionKind } from '~/domain/action.ts'
import type { OutcomeState } from '~/domain/outcome.ts'

/** What is said of an outcome. */
interface Words {
  /** In a row, a list, a count and a file. */
  readonly word: string
  /** On a card: a sentence about the target. */
  readonly title: (label: string) => string
}

const of = (word: string, title: Words['title']): Words => ({ word, title })

const forAll = (words: Words): Readonly<Record<ActionKind, Words>> => ({
  remove: words,
  'hang-up': words,
  end: words,
})

const underWay = (
  remove: string,
  hangUp = remove,
  end = remove,
): Readonly<Record<ActionKind, Words>> => ({
  remove: of(remove, (label) => `Removing ${label}`),
  'hang-up': of(hangUp, (label) => `Hanging up on ${label}`),
  end: of(end, (label) => `Ending ${label}`),
})

/** The one table of words. Row, panel, card, activity and file take theirs from it, so that none says anything else. */
const WORDS: Readonly<Record<OutcomeState, Readonly<Record<ActionKind, Words>>>> = {
  waiting: underWay('pending'),
  sending: underWay('sent'),
  leaving: underWay('not gone yet', 'call not ended yet', 'not ended yet'),
  unconfirmed: {
    remove: of('not confirmed', (label) => `Removal of ${label} is not confirmed`),
    'hang-up': of('not confirmed', (label) => `Hanging up on ${label} is not confirmed`),
    end: of('not confirmed', (label) => `The end of ${label} is not confirmed`),
  },
  'still-connected': {
    remove: of('still connected', (label) => `${label} is still connected`),
    'hang-up': of('still connected', (label) => `The call of ${label} is still connected`),
    end: of('still connected', (label) => `${label} has not ended`),
  },
  'call-ended': forAll(of('call ended', (label) => `The call of ${label} has ended`)),
  gone: {
    remove: of('gone', (label) => `${label} has left`),
    'hang-up': of('call ended', (label) => `The call of ${label} has ended`),
    end: of('ended', (label) => `${label} has ended`),
  },
  failed: {
    remove: of('failed', (label) => `${label} was not removed`),
    'hang-up': of('failed', (label) => `The call of ${label} was not hung up`),
    end: of('failed', (label) => `${label} was not ended`),
  },
  skipped: forAll(of('skipped', (label) => `Nothing was sent for ${label}`)),
  changed: forAll(of('changed, not sent', (label) => `${label} has changed since you confirmed`)),
  withdrawn: {
    remove: of('undone', (label) => `Removal of ${label} was undone`),
    'hang-up': of('undone', (label) => `Hanging up on ${label} was undone`),
    end: of('undone', (label) => `The end of ${label} was undone`),
  },
}

/** An outcome in a few words. */
export const wordOf = (state: OutcomeState, kind: ActionKind): string => WORDS[state][kind].word

/** An outcome in a sentence about a target, whose label is safe to show. */
export const sentenceOf = (state: OutcomeState, kind: ActionKind, label: string): string =>
  WORDS[state][kind].title(label)

/** What a removal from here adds to the participant's status in its row; empty where the status says enough. */
export function rowNote(state: OutcomeState): string {
  const word = wordOf(state, 'remove')
  switch (state) {
    case 'sending':
      return 'leaving, requested'
    case 'waiting':
    case 'unconfirmed':
    case 'failed':
      return `removal ${word}`
    case 'still-connected':
    case 'call-ended':
      return word
    default:
      return ''
  }
}
