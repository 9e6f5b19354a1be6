import { vi } from 'vitest'

/**
 * Puts a BroadcastChannel in place of the browser's whose messages arrive as they do there: as copies, in order,
 * after the call that sent them, never at the sender. They come in microtasks, so that fake timers do not hold them up.
 */
export function stubChannels(): void {
  const open = new Set<FakeChannel>()
  class FakeChannel extends EventTarget {
    readonly name: string
    constructor(name: string) {
      super()
      this.name = name
      open.add(this)
    }
    postMessage(message: unknown): void {
      if (!open.has(this)) throw new DOMException('The channel is closed.', 'InvalidStateError')
      const data: unknown = structuredClone(message)
      for (const other of open) {
        if (other === this || other.name !== this.name) continue
        queueMicrotask(() => {
          if (open.has(other)) other.dispatchEvent(new MessageEvent('message', { data }))
        })
      }
    }
    close(): void {
      open.delete(this)
    }
  }
  vi.stubGlobal('BroadcastChannel', FakeChannel)
}

/** Until every message, and every answer to one, has arrived. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 20; round += 1) await Promise.resolve()
}
