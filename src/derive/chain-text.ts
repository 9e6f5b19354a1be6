import type { Chain } from '~/domain/chain.ts'
import { OUTCOME_WORD, type OutcomeState } from '~/domain/outcome.ts'
import { fineDurationText } from '~/util/fine-duration.ts'
import { durationText } from '~/util/time-text.ts'

/** How a removal ends that has not ended. */
const ENDS: ReadonlySet<OutcomeState> = new Set(['unconfirmed', 'still-connected', 'failed'])

/**
 * `requested 18 s ago, accepted after 0.2 s, leaving after 0.3 s, still connected`.
 *
 * @param now milliseconds on the server's clock
 */
export const chainText = (chain: Chain, now: number): string => stepTexts(chain, now).join(', ')

/** The same, step by step. */
export function stepTexts({ steps, state }: Chain, now: number): readonly string[] {
  const [first, ...rest] = steps
  if (!first) return []
  const end = ENDS.has(state) && OUTCOME_WORD[state].remove
  return [
    `${first.name} ${durationText(now - first.at)} ago`,
    // What is sent is on its way to an answer: only without one it is worth a word.
    ...rest
      .filter(({ name }) => name !== 'sent' || rest.length === 1)
      .map(({ name, at }) => `${name} after ${fineDurationText(at - first.at)}`),
    ...(end ? [end] : []),
  ]
}
