/** The other tabs of this browser that have opened a channel of one name. */
export interface Channel {
  /** Sends to all of them, and not to this channel. The message arrives as a structured clone. */
  readonly send: (message: unknown) => void
  readonly close: () => void
}

/**
 * Joins the tabs that talk under this name. Null where a browser has no BroadcastChannel or forbids it: then
 * each tab is on its own.
 *
 * @param onMessage gets what others send; they may run another build, so it is to be checked
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
