import type { Locks } from '~/util/locks.ts'

/** Locks of one tab: exclusive, first come first served. `BrowserLocks` has those of several tabs, which may crash. */
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

interface Request {
  readonly clientId: string
  readonly serve: () => void
}

/** The locks of one browser: exclusive, first come first served, granted a moment after they were asked for. */
export class BrowserLocks {
  readonly #queues = new Map<string, Request[]>()

  /** As `navigator.locks` of one tab. */
  of(clientId: string): Locks & { readonly query: () => Promise<LockManagerSnapshot> } {
    return {
      request: (name, { signal }, callback) =>
        new Promise((resolve, reject) => {
          const queue = this.#queues.get(name) ?? []
          this.#queues.set(name, queue)
          const leave = () => this.#leave(queue, request)
          const serve = () => {
            signal.removeEventListener('abort', withdraw)
            void callback().then(resolve, reject).finally(leave)
          }
          const withdraw = () => {
            leave()
            reject(signal.reason)
          }
          const request = { clientId, serve }
          signal.addEventListener('abort', withdraw)
          if (queue.push(request) === 1) this.#grant(queue)
        }),
      query: async () => this.#snapshot(),
    }
  }

  /** How many requests hold a lock or wait for one. */
  get size(): number {
    return [...this.#queues.values()].flat().length
  }

  /** The client that holds a lock. */
  holderOf(name: string): string | undefined {
    return this.#queues.get(name)?.[0]?.clientId
  }

  /** What the browser does when a tab is closed or crashes: nothing of it runs any more. */
  release(clientId: string): void {
    for (const queue of this.#queues.values()) {
      for (const request of queue.filter((one) => one.clientId === clientId))
        this.#leave(queue, request)
    }
  }

  #snapshot(): LockManagerSnapshot {
    const all = [...this.#queues].flatMap(([name, queue]) =>
      queue.map(({ clientId }, place) => ({ name, clientId, place })),
    )
    return {
      held: all.filter(({ place }) => place === 0),
      pending: all.filter(({ place }) => place > 0),
    }
  }

  #leave(queue: Request[], request: Request): void {
    const place = queue.indexOf(request)
    if (place !== -1) queue.splice(place, 1)
    if (place === 0) this.#grant(queue)
  }

  #grant(queue: Request[]): void {
    const [first] = queue
    if (first) queueMicrotask(() => first === queue[0] && first.serve())
  }
}
