import { serverClock } from '~/wire/server-clock.ts'

/**
 * Hears, now and whenever it is estimated anew, how far the server's clock is ahead of this computer's, in
 * milliseconds. An offset within its own error is none.
 */
export function onClockOffset(hear: (offset: number) => void): void {
  const tell = () => {
    const clock = serverClock.get()
    hear(clock && Math.abs(clock.offset) > clock.error ? clock.offset : 0)
  }
  serverClock.subscribe(tell)
  tell()
}
