/** The bounds of the offset of another clock: it is between `low` and `high` milliseconds ahead of the local one. */
export interface OffsetBounds {
  readonly low: number
  readonly high: number
}

/** One reading of a clock with whole seconds, by a request. Milliseconds since the epoch. */
export interface ClockSample {
  /** The reading of the other clock, which is up to a second old. */
  readonly date: number
  /** The local clock before and after the request. */
  readonly sentAt: number
  readonly receivedAt: number
}

/** How far another clock is ahead of the local one, plus or minus `error`. Milliseconds. */
export interface ClockOffset {
  readonly offset: number
  readonly error: number
}

const RESOLUTION = 1000

/**
 * The bounds after one more sample. Samples that contradict one another mean that a clock was set: then the newest one
 * counts alone. A sample during which a clock was set is ignored.
 */
export function narrow(held: OffsetBounds | null, sample: ClockSample): OffsetBounds | null {
  const { date, sentAt, receivedAt } = sample
  const bounds = { low: date - receivedAt, high: date + RESOLUTION - sentAt }
  // In this form the condition holds for NaN too.
  if (!(bounds.low <= bounds.high)) return held
  if (!held) return bounds
  const both = { low: Math.max(held.low, bounds.low), high: Math.min(held.high, bounds.high) }
  return both.low <= both.high ? both : bounds
}

/** The middle of the bounds, and its largest error. */
export const offsetOf = ({ low, high }: OffsetBounds): ClockOffset => ({
  offset: (low + high) / 2,
  error: (high - low) / 2,
})
