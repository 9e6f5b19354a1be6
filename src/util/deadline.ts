/**
 * Waits for a promise, but at most so many milliseconds. The work behind the promise goes on.
 *
 * @throws the rejection of the promise; a TimeoutError when it is not settled in time
 */
export function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DOMException(`No answer within ${milliseconds} ms.`, 'TimeoutError')),
      milliseconds,
    )
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
