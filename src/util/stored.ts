/** A value that this browser keeps, for all its tabs. */
export interface Stored<T> {
  readonly get: () => T
  /** Keeps a value. Where storage is full or forbidden, it holds until the page is closed. */
  readonly set: (next: T) => void
  readonly subscribe: (listener: () => void) => () => void
  /** Whether the last value could be kept. */
  readonly isKept: () => boolean
}

/**
 * A value kept in local storage as JSON.
 *
 * @param parse makes a value of what was stored, be it missing, of another version or damaged
 */
export function stored<T>(key: string, parse: (found: unknown) => T): Stored<T> {
  const listeners = new Set<() => void>()
  let value = parse(read(key))
  let isKept = true
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const onStorage = (event: StorageEvent) => {
    if (event.key !== key && event.key !== null) return
    value = parse(read(key))
    tell()
  }
  return {
    get: () => value,
    set: (next) => {
      value = next
      isKept = write(key, next)
      tell()
    },
    subscribe: (listener) => {
      // Another tab may change it at any time.
      if (listeners.size === 0) addEventListener('storage', onStorage)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) removeEventListener('storage', onStorage)
      }
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
