import { narrow, offsetOf, type ClockOffset, type OffsetBounds } from '~/util/clock.ts'

/** Smaller changes are not passed on, so that nothing is drawn again for them. Milliseconds. */
const NOTICEABLE = 50

let bounds: OffsetBounds | null = null
let current: ClockOffset | null = null
const listeners = new Set<() => void>()

/**
 * How far the server's clock is ahead of the local one, as a store for useSyncExternalStore; null while unknown.
 * `get` returns the same object until the value changes by more than 50 ms.
 */
export const serverClock = {
  get: (): ClockOffset | null => current,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Milliseconds since the epoch by the server's clock; by the local clock while that is unknown. */
export const serverNow = (): number => Date.now() + (current?.offset ?? 0)

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
  for (const listener of listeners) listener()
}

const isNoticeable = (a: ClockOffset, b: ClockOffset): boolean =>
  Math.abs(a.offset - b.offset) > NOTICEABLE || Math.abs(a.error - b.error) > NOTICEABLE
