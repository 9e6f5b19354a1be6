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

/** Smaller changes are not passed on, so that nothing is drawn again for them. Milliseconds. */
const NOTICEABLE = 50

let bounds: OffsetBounds | null = null
let current: ClockOffset | null = null
let moment = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** The largest error of `serverOffset`, in milliseconds; 0 while the server's clock is not known. */
export const serverClockError = (): number => current?.error ?? 0

/**
 * How far the server's clock is ahead of this computer's, in milliseconds; 0 while that is not known, and when it is
 * within its own error.
 */
export const serverOffset = (): number =>
  current && Math.abs(current.offset) > current.error ? current.offset : 0

/** Milliseconds since the epoch by the server's clock; by the local clock while that is unknown. */
export const serverNow = (): number => Date.now() + serverOffset()

/**
 * Updates the estimate from the `Date` header of an answer. The header has whole seconds, and only pages of the
 * same origin can read it (voipbin-api.md 1), so null is normal.
 *
 * @param sentAt the local clock before the request, in milliseconds since the epoch; `receivedAt`: after the answer
 */
export function noteServerDate(header: string | null, sentAt: number, receivedAt: number): void {
  if (header === null) return
  bounds = narrow(bounds, { date: Date.parse(header), sentAt, receivedAt })
  if (!bounds) return
  const next = offsetOf(bounds)
  if (current && !isNoticeable(current, next)) return
  current = next
  tick()
}

const isNoticeable = (a: ClockOffset, b: ClockOffset): boolean =>
  Math.abs(a.offset - b.offset) > NOTICEABLE || Math.abs(a.error - b.error) > NOTICEABLE

/**
 * The moment that the whole screen shows, by this computer, in milliseconds since the epoch. It moves once a second
 * while something listens, and whenever `tick` is called.
 */
export const shownNow = (): number => moment

/** Takes the moment anew and tells everything that shows a time. */
export function tick(): void {
  moment = Date.now()
  for (const listener of listeners) listener()
}

/** Hears each change of `shownNow` and of `serverOffset`. Returns a function that ends this. */
export function subscribeClock(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    timer = setInterval(tick, 1000)
    moment = Date.now()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}
