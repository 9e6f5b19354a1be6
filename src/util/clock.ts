/** Where the truth about another clock lies: between `low` and `high` milliseconds ahead of ours. */
export interface OffsetBounds {
  readonly low: number
  readonly high: number
}

/** A look at a clock that shows whole seconds, by way of a request. Milliseconds since the epoch. */
export interface ClockSample {
  /** What the other clock showed: up to a second ago when it was read. */
  readonly date: number
  /** Our clock before and after. */
  readonly sentAt: number
  readonly receivedAt: number
}

/** How far another clock is ahead of ours, give or take `error`. Milliseconds. */
export interface ClockOffset {
  readonly offset: number
  readonly error: number
}

const RESOLUTION = 1000

/**
 * What is known of the offset after one more sample. Samples that cannot all be true mean that a clock was set:
 * the newest is right then. A sample torn by such a change tells nothing.
 */
export function narrow(held: OffsetBounds | null, sample: ClockSample): OffsetBounds | null {
  const { date, sentAt, receivedAt } = sample
  const seen = { low: date - receivedAt, high: date + RESOLUTION - sentAt }
  // Written so that NaN is refused too.
  if (!(seen.low <= seen.high)) return held
  if (!held) return seen
  const both = { low: Math.max(held.low, seen.low), high: Math.min(held.high, seen.high) }
  return both.low <= both.high ? both : seen
}

/** The middle of the bounds, and how far off it can be. */
export const offsetOf = ({ low, high }: OffsetBounds): ClockOffset => ({
  offset: (low + high) / 2,
  error: (high - low) / 2,
})
