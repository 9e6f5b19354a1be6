/** Functions that are called at each change of something. */
export class Listeners<Change extends readonly unknown[] = []> {
  readonly #all = new Set<(...change: Change) => void>()

  /** Calls the listener after each change. Returns a function that ends this. */
  readonly subscribe = (listener: (...change: Change) => void): (() => void) => {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell(...change: Change): void {
    for (const listener of this.#all) listener(...change)
  }
}
