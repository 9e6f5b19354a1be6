import type { ActionKind } from '~/domain/action.ts'
import { visibleText } from '~/util/visible-text.ts'

/** What an action is called, before and after it is done. */
export const ACTION_NAME: Readonly<Record<ActionKind, string>> = {
  remove: 'Removal',
  'hang-up': 'Hang-up',
  end: 'End of conference',
}

/** What a batch of several actions is called, whatever its phase. */
export const batchName = (kind: ActionKind, count: number): string =>
  kind === 'hang-up' ? `Hanging up ${count} calls` : `Removing ${count} participants`

const NOUN: Readonly<Record<ActionKind, string>> = {
  remove: 'removal',
  'hang-up': 'hang-up',
  end: 'end of conference',
}

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
  const what = kind === 'end' || count === 1 ? NOUN[kind] : `${NOUN[kind]}s`
  const where = conferenceLabel && ` in “${visibleText(conferenceLabel)}”`
  return `${count} ${what} by ${visibleText(by)}${where} not sent yet`
}
