/** Lets work sleep until there is something to do: after some time, or when anything has changed. */
export class Alarm {
  #hasRung = false
  #wake = (): void => {}

  /** Something has changed. */
  ring(): void {
    this.#hasRung = true
    this.#wake()
  }

  /** What has changed so far is known. */
  reset(): void {
    this.#hasRung = false
  }

  /** Sleeps for so many milliseconds; not at all when something has changed since the last reset. */
  async sleep(length: number): Promise<void> {
    if (this.#hasRung || length <= 0) return
    await new Promise<void>((resolve) => {
      const timer = length === Infinity ? undefined : setTimeout(resolve, length)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
