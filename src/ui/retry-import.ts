import { onlineManager } from '@tanstack/react-query'

/** The pause between two attempts. Milliseconds. */
const PAUSE = 2000

/**
 * Imports code in the background, and tries again until it succeeds, so that a lost network does not break the page.
 * Never rejects. Waits for the network first: Chromium 150 keeps the failure of a module until the page is loaded anew.
 */
export async function retryImport<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    await online()
    try {
      return await load()
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE)
      })
    }
  }
}

/** Resolves once the browser has a network. */
const online = (): Promise<void> =>
  new Promise((resolve) => {
    if (onlineManager.isOnline()) return resolve()
    const stop = onlineManager.subscribe((isOnline) => {
      if (!isOnline) return
      stop()
      resolve()
    })
  })
