import { narrow, offsetOf, type ClockOffset, type OffsetBounds } from '~/util/clock.ts'

/** Changes up to this are not worth drawing anything again. Milliseconds. */
const NOTICEABLE = 50

let bounds: OffsetBounds | null = null
let current: ClockOffset | null = null
const listeners = new Set<() => void>()

/**
 * How far the server's clock is ahead of ours, as React's useSyncExternalStore takes it; null while unknown.
 * The same object until it changes by more than 50 ms.
 */
export const serverClock = {
  get: (): ClockOffset | null => current,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Milliseconds since the epoch by the server's clock; by ours while its clock is unknown. */
export const serverNow = (): number => Date.now() + (current?.offset ?? 0)

/**
 * Learns from the `Date` header of an answer. It has whole seconds and is readable on the page's own origin
 * only (voipbin-api.md 1), so null is normal.
 *
 * @param sentAt our clock before the request, milliseconds since the epoch; `receivedAt` after the answer
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
