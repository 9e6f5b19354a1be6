import type { OutcomeState } from '~/domain/outcome.ts'
import type { RemovalProgress } from '~/domain/removal-progress.ts'
import { fineDurationText } from '~/util/fine-duration.ts'
import { durationText } from '~/util/time-text.ts'
import { wordOf } from './outcome-words.ts'

/** Outcomes that no step tells. */
const WITHOUT_STEP: ReadonlySet<OutcomeState> = new Set([
  'unconfirmed',
  'still-connected',
  'call-ended',
  'failed',
])

/**
 * `requested 18 s ago, accepted after 0.2 s, leaving after 0.3 s, still connected`.
 *
 * @param now milliseconds on the server's clock
 */
export const progressText = (progress: RemovalProgress, now: number): string =>
  stepTexts(progress, now).join(', ')

/** The same, step by step. */
export function stepTexts(
  { steps, outcome: { state } }: RemovalProgress,
  now: number,
): readonly string[] {
  const [first, ...rest] = steps
  if (!first) return []
  const end = WITHOUT_STEP.has(state) && wordOf(state, 'remove')
  return [
    `${first.name} ${durationText(now - first.at)} ago`,
    // An answer says more than that it was sent.
    ...rest
      .filter(({ name }) => name !== 'sent' || rest.length === 1)
      .map(({ name, at }) => `${name} after ${fineDurationText(at - first.at)}`),
    ...(end ? [end] : []),
  ]
}
