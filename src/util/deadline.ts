/**
 * A promise that is not waited for longer than so many milliseconds. The work behind it goes on.
 *
 * @throws what the promise is rejected with; a TimeoutError when it is not settled in time
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
