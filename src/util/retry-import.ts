/** Between two tries. Milliseconds. */
const TRY_AGAIN = 2000

/**
 * Loads code that is wanted sooner or later, not by somebody who waits for it: the network may be gone just now, and
 * that must not break the page. Never rejects.
 */
export async function retryImport<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, TRY_AGAIN)
      })
    }
  }
}
