import { valueStore, type ValueStore } from './value-store.ts'

/** A value that this browser keeps, for all its tabs. Where storage is full or forbidden, it holds until the page is closed. */
export interface Stored<T> extends ValueStore<T> {
  /** Whether the last value could be kept. */
  readonly isKept: () => boolean
}

/**
 * A value kept in local storage as JSON.
 *
 * @param parse makes a value of what was stored, be it missing, of another version or damaged
 */
export function stored<T>(key: string, parse: (found: unknown) => T): Stored<T> {
  const value = valueStore(parse(read(key)))
  let isKept = true
  // Another tab may change it at any time.
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) value.set(parse(read(key)))
  })
  return {
    ...value,
    set: (next) => {
      isKept = write(key, next)
      value.set(next)
    },
    isKept: () => isKept,
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    // Storage is forbidden, or something else is under this name.
    return null
  }
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
