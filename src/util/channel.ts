/** The other tabs of this browser, on one topic. */
export interface Channel {
  /** Tells all of them, and not this tab. The message arrives as a structured clone. */
  readonly send: (message: unknown) => void
  readonly close: () => void
}

/**
 * Joins the tabs that talk under this name. Null where a browser has no BroadcastChannel or forbids it: then
 * each tab is on its own.
 *
 * @param hear gets what others send; they may run another build, so it is to be checked
 */
export function openChannel(name: string, hear: (message: unknown) => void): Channel | null {
  try {
    const channel = new BroadcastChannel(name)
    channel.addEventListener('message', ({ data }) => hear(data))
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
      send: (message) => channel.postMessage(message),
      close: () => channel.close(),
    }
  } catch {
    return null
  }
}
