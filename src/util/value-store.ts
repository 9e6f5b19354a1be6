import { Listeners } from './listeners.ts'

/** A value outside of React, as `useSyncExternalStore` takes it. */
export interface ValueStore<T> {
  readonly get: () => T
  /** Changes the value and tells the listeners. */
  readonly set: (next: T) => void
  /** Returns a function that ends this. */
  readonly subscribe: (listener: () => void) => () => void
}

/** A store of one value. */
export function valueStore<T>(initial: T): ValueStore<T> {
  const listeners = new Listeners()
  let value = initial
  return {
    get: () => value,
    set: (next) => {
      value = next
      listeners.tell()
    },
    subscribe: listeners.subscribe,
  }
}
