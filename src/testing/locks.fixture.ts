import type { Locks } from '~/util/locks.ts'

/** Locks of one browser: exclusive, first come first served. leadership.spec.ts has those that may crash. */
export function createLocks(): Locks {
  const last = new Map<string, Promise<unknown>>()
  return {
    request(name, { signal }, serve) {
      const before = last.get(name)
      const mine = (async () => {
        await before
        signal.throwIfAborted()
        await serve()
      })()
      last.set(
        name,
        mine.catch(() => {}),
      )
      return mine
    },
  }
}
