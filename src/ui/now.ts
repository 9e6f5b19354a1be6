import { useSyncExternalStore } from 'react'
import { serverOffset, shownNow, subscribeClock } from '~/clock.ts'

/**
 * A value that changes with this computer's time, such as "too old": the component renders again only when the
 * value itself is another, not every second.
 */
export const useNowSelect = <T extends string | number | boolean>(select: (now: number) => T): T =>
  useSyncExternalStore(subscribeClock, () => select(shownNow()))

/** The same by the server's clock. */
export const useServerNowSelect = <T extends string | number | boolean>(
  select: (now: number) => T,
): T => useNowSelect((now) => select(now + serverOffset()))

/** How far the server's clock is ahead of this computer's, in milliseconds. */
export const useClockOffset = (): number => useNowSelect(serverOffset)

/** Milliseconds since the epoch by this computer, once a second, the same moment for everything on the screen. */
export const useNow = (): number => useNowSelect(Number)

/** The same by the server's clock: what the server dated is to be compared with this. */
export const useServerNow = (): number => useServerNowSelect(Number)
