import type { ActionKind } from '~/domain/action.ts'
import { visibleText } from '~/util/visible-text.ts'

/** What an action is called, before and after it is done. */
export const ACTION_NAME: Readonly<Record<ActionKind, string>> = {
  remove: 'Removal',
  'hang-up': 'Hang-up',
  mute: 'Mute',
  unmute: 'Unmute',
  hold: 'Hold',
  unhold: 'End of hold',
  say: 'Spoken text',
  end: 'End of conference',
  record: 'Recording',
  'stop-recording': 'End of recording',
  create: 'New conference',
  edit: 'Change of conference',
  'new-link': 'New dial-in link',
  dial: 'Outgoing call',
}

const MANY: Partial<Readonly<Record<ActionKind, (count: number) => string>>> = {
  'hang-up': (count) => `Hanging up ${count} calls`,
  mute: (count) => `Muting ${count} participants`,
  unmute: (count) => `Unmuting ${count} participants`,
}

/** What a batch of several actions is called, whatever its phase. */
export const batchName = (kind: ActionKind, count: number): string =>
  MANY[kind]?.(count) ?? `Removing ${count} participants`

interface OpenWorkFacts {
  readonly kind: ActionKind
  readonly count: number
  /** The name of the account that confirmed it. */
  readonly by: string
  /** Empty where it is not about a conference. */
  readonly conferenceLabel: string
}

/** What another account has left open: `12 removals by Sam in “Standup” not sent yet`. */
export function openWorkText({ kind, count, by, conferenceLabel }: OpenWorkFacts): string {
  const noun = ACTION_NAME[kind].toLowerCase()
  const what = count === 1 || noun.includes(' of ') ? noun : `${noun}s`
  const where = conferenceLabel && ` in “${visibleText(conferenceLabel)}”`
  return `${count} ${what} by ${visibleText(by)}${where} not sent yet`
}
