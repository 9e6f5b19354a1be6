import type { CallEnd } from '~/domain/call.ts'
import { visibleText } from '~/util/visible-text.ts'

/** The reasons of voipbin-api.md 6 for which a call that was placed did not come about. */
const REASONS: Readonly<Record<string, string>> = {
  busy: 'the line is busy',
  noanswer: 'nobody answered',
  timeout: 'nobody answered in time',
  cancel: 'it was cancelled',
  dialout: 'it could not be placed',
  failed: 'it failed',
  amd: 'an answering machine answered',
  normal: 'it was hung up',
}

/** Why a call that was placed from here has ended, as the end of a sentence. */
export const hangupWords = ({ reason }: CallEnd): string =>
  REASONS[reason] ?? (reason === '' ? 'no reason given' : visibleText(reason))
