import { useSyncExternalStore } from 'react'

let now = Date.now()
/** How far the server's clock is ahead of ours, in milliseconds. */
let offset = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** Tells everything that shows a time to look at the clock again. */
export function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    timer = setInterval(tick, 1000)
    now = Date.now()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** Sets how far the server's clock is ahead of this computer's, in milliseconds. */
export function setClockOffset(next: number): void {
  offset = next
  tick()
}

/** How far the server's clock is ahead of this computer's, in milliseconds. */
export const useClockOffset = (): number => useSyncExternalStore(subscribe, () => offset)

/** Milliseconds since the epoch by this computer, once a second, the same moment for everything on the screen. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)

/** The same by the server's clock: what the server dated is to be compared with this. */
export const useServerNow = (): number => useSyncExternalStore(subscribe, () => now + offset)

/**
 * A value that changes with this computer's time, such as "too old": the component renders again only when the
 * value itself is another, not every second.
 */
export const useNowSelect = <T extends string | number | boolean>(select: (now: number) => T): T =>
  useSyncExternalStore(subscribe, () => select(now))

/** The same by the server's clock. */
export const useServerNowSelect = <T extends string | number | boolean>(
  select: (now: number) => T,
): T => useSyncExternalStore(subscribe, () => select(now + offset))
