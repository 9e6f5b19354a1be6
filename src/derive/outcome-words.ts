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

/** What the outcomes of one kind of action are called, where they are not called the same for all. */
interface KindWords {
  readonly doing: Words['title']
  readonly notYet: string
  /** The action as the beginning of a sentence. */
  readonly noun: Words['title']
  /** Past the limit without effect. */
  readonly inVain: Words
  readonly done: Words
  readonly failed: Words['title']
}

const KIND_WORDS: Readonly<Record<ActionKind, KindWords>> = {
  remove: {
    doing: (label) => `Removing ${label}`,
    notYet: 'not gone yet',
    noun: (label) => `Removal of ${label}`,
    inVain: of('still connected', (label) => `${label} is still connected`),
    done: of('gone', (label) => `${label} has left`),
    failed: (label) => `${label} was not removed`,
  },
  'hang-up': {
    doing: (label) => `Hanging up on ${label}`,
    notYet: 'call not ended yet',
    noun: (label) => `Hanging up on ${label}`,
    inVain: of('still connected', (label) => `The call of ${label} is still connected`),
    done: of('call ended', (label) => `The call of ${label} has ended`),
    failed: (label) => `The call of ${label} was not hung up`,
  },
  mute: {
    doing: (label) => `Muting ${label}`,
    notYet: 'not muted yet',
    noun: (label) => `Muting ${label}`,
    inVain: of('not muted', (label) => `${label} is not muted`),
    done: of('muted', (label) => `${label} is muted`),
    failed: (label) => `${label} was not muted`,
  },
  unmute: {
    doing: (label) => `Unmuting ${label}`,
    notYet: 'not unmuted yet',
    noun: (label) => `Unmuting ${label}`,
    inVain: of('still muted', (label) => `${label} is still muted`),
    done: of('unmuted', (label) => `${label} is unmuted`),
    failed: (label) => `${label} was not unmuted`,
  },
  hold: {
    doing: (label) => `Putting ${label} on hold`,
    notYet: 'not on hold yet',
    noun: (label) => `Putting ${label} on hold`,
    inVain: of('not on hold', (label) => `${label} is not on hold`),
    done: of('on hold', (label) => `${label} is on hold`),
    failed: (label) => `${label} was not put on hold`,
  },
  unhold: {
    doing: (label) => `Taking ${label} off hold`,
    notYet: 'still on hold',
    noun: (label) => `Taking ${label} off hold`,
    inVain: of('still on hold', (label) => `${label} is still on hold`),
    done: of('off hold', (label) => `${label} is off hold`),
    failed: (label) => `${label} was not taken off hold`,
  },
  say: {
    doing: (label) => `Speaking to ${label}`,
    notYet: 'not spoken yet',
    noun: (label) => `Speaking to ${label}`,
    inVain: of('not spoken', (label) => `Nothing was spoken to ${label}`),
    done: of('spoken', (label) => `The text is spoken to ${label}`),
    failed: (label) => `The text was not spoken to ${label}`,
  },
  end: {
    doing: (label) => `Ending ${label}`,
    notYet: 'not ended yet',
    noun: (label) => `The end of ${label}`,
    inVain: of('still connected', (label) => `${label} has not ended`),
    done: of('ended', (label) => `${label} has ended`),
    failed: (label) => `${label} was not ended`,
  },
  record: {
    doing: (label) => `Starting to record ${label}`,
    notYet: 'not recording yet',
    noun: (label) => `Recording ${label}`,
    inVain: of('not recording', (label) => `${label} is not being recorded`),
    done: of('recording started', (label) => `The recording of ${label} has started`),
    failed: (label) => `The recording of ${label} did not start`,
  },
  'stop-recording': {
    doing: (label) => `Stopping the recording of ${label}`,
    notYet: 'still recording',
    noun: (label) => `Stopping the recording of ${label}`,
    inVain: of('still recording', (label) => `${label} is still being recorded`),
    done: of('recording stopped', (label) => `The recording of ${label} has ended`),
    failed: (label) => `The recording of ${label} was not stopped`,
  },
  create: {
    doing: (label) => `Creating ${label}`,
    notYet: 'not created yet',
    noun: (label) => `Creating ${label}`,
    inVain: of('not created', (label) => `${label} was not created`),
    done: of('created', (label) => `${label} is created`),
    failed: (label) => `${label} was not created`,
  },
  edit: {
    doing: (label) => `Saving ${label}`,
    notYet: 'not saved yet',
    noun: (label) => `Saving ${label}`,
    inVain: of('not saved', (label) => `${label} is as it was`),
    done: of('saved', (label) => `The changes of ${label} are saved`),
    failed: (label) => `The changes of ${label} were not saved`,
  },
  'new-link': {
    doing: (label) => `Replacing the dial-in link of ${label}`,
    notYet: 'not replaced yet',
    noun: (label) => `Replacing the dial-in link of ${label}`,
    inVain: of('not replaced', (label) => `${label} has its old dial-in link`),
    done: of('link replaced', (label) => `${label} has a new dial-in link`),
    failed: (label) => `The dial-in link of ${label} was not replaced`,
  },
  dial: {
    doing: (label) => `Calling ${label}`,
    notYet: 'not in yet',
    noun: (label) => `Calling ${label}`,
    inVain: of('not in yet', (label) => `${label} is not in yet`),
    done: of('joined', (label) => `${label} has joined`),
    failed: (label) => `${label} did not join`,
  },
}

/** The one table of words. Row, panel, card, activity and file take theirs from it, so that none says anything else. */
function wordsOf(state: OutcomeState, kind: ActionKind): Words {
  const { doing, notYet, noun, inVain, done, failed } = KIND_WORDS[kind]
  switch (state) {
    case 'waiting':
      return of('pending', doing)
    case 'sending':
      return of('sent', doing)
    case 'leaving':
      return of(notYet, doing)
    case 'unconfirmed':
      return of('not confirmed', (label) => `${noun(label)} is not confirmed`)
    case 'still-connected':
      return inVain
    case 'call-ended':
      return KIND_WORDS['hang-up'].done
    case 'gone':
      return done
    case 'failed':
      return of('failed', failed)
    case 'skipped':
      return of('skipped', (label) => `Nothing was sent for ${label}`)
    case 'changed':
      return of('changed, not sent', (label) => `${label} has changed since you confirmed`)
    case 'withdrawn':
      return of('undone', (label) => `${noun(label)} was undone`)
  }
}

/** An outcome in a few words. */
export const wordOf = (state: OutcomeState, kind: ActionKind): string => wordsOf(state, kind).word

/** An outcome in a sentence about a target, whose label is safe to show. */
export const sentenceOf = (state: OutcomeState, kind: ActionKind, label: string): string =>
  wordsOf(state, kind).title(label)

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
