/** The pause between two attempts. Milliseconds. */
const PAUSE = 2000

/**
 * Imports code in the background, and tries again until it succeeds, so that a lost network does not break the page.
 * Never rejects. Chromium 150 keeps the failure of a module until the page is loaded anew: there, no further attempt
 * succeeds.
 */
export async function retryImport<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE)
      })
    }
  }
}
