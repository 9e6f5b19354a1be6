/** Lets the ledger sleep until there is something to do: for some time, or until something changes. */
export class Alarm {
  #hasRung = false
  #wake = (): void => {}

  /** Something has changed. */
  ring = (): void => {
    this.#hasRung = true
    this.#wake()
  }

  /** Forgets that something has changed. */
  reset(): void {
    this.#hasRung = false
  }

  /** Sleeps for so many milliseconds, or until it rings; not at all when it has rung since the last reset. */
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
