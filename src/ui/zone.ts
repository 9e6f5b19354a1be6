import { useSyncExternalStore } from 'react'
import type { Zone } from '~/util/time-text.ts'
import { tick } from './now.ts'

const STORAGE_KEY = 'rollcall.zone'

const listeners = new Set<() => void>()

let zone: Zone = storedZone()

function storedZone(): Zone {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'utc' ? 'utc' : 'local'
  } catch {
    // Storage is forbidden.
    return 'local'
  }
}

/** The zone in which times are shown. A component that only formats times reads it here: a change ticks the clock. */
export const currentZone = (): Zone => zone

function setZone(next: Zone): void {
  zone = next
  try {
    localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // The choice holds until the page is closed.
  }
  for (const listener of listeners) listener()
  tick()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The zone in which times are shown, and the step to the other one. */
export function useZone(): readonly [Zone, () => void] {
  const current = useSyncExternalStore(subscribe, currentZone)
  return [current, () => setZone(current === 'utc' ? 'local' : 'utc')]
}
