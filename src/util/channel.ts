/** The other tabs of this browser, under one name. */
export interface Channel<Message = unknown> {
  /** Sends a message to all other tabs. It arrives as a structured clone. */
  readonly send: (message: Message) => void
  readonly close: () => void
}

/**
 * Opens the channel of this name. Null where the browser has no BroadcastChannel or forbids it: then each tab works
 * alone.
 *
 * @param onMessage called with the messages of other tabs; they may run another build, so it must check them
 */
export function openChannel(name: string, onMessage: (message: unknown) => void): Channel | null {
  try {
    const channel = new BroadcastChannel(name)
    channel.addEventListener('message', ({ data }) => onMessage(data))
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
      send: (message) => channel.postMessage(message),
      close: () => channel.close(),
    }
  } catch {
    return null
  }
}
