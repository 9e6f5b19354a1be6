import type { Config } from '~/config.ts'
import type { ActionKind } from '~/domain/action.ts'

/** How long a request for so many can be undone, in milliseconds: only removals can. */
export const graceFor = (
  { graceSeconds, singleGraceSeconds }: Pick<Config, 'graceSeconds' | 'singleGraceSeconds'>,
  kind: ActionKind,
  count: number,
): number => (kind === 'remove' ? (count > 1 ? graceSeconds : singleGraceSeconds) * 1000 : 0)
