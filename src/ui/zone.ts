import { useSyncExternalStore } from 'react'
import type { Zone } from '~/util/time-text.ts'
import { tick } from './now.ts'

/** How times are shown everywhere. */
export interface TimeLook {
  readonly zone: Zone
  /** As a moment, or as how long ago it was. */
  readonly times: 'absolute' | 'relative'
}

const listeners = new Set<() => void>()

let look: TimeLook = { zone: 'local', times: 'absolute' }

/** How times are shown. A component that only formats times reads it here: a change ticks the clock. */
export const currentTimeLook = (): TimeLook => look

/** Shows times another way from now on. */
export function setTimeLook(next: TimeLook): void {
  if (next.zone === look.zone && next.times === look.times) return
  look = next
  for (const listener of listeners) listener()
  tick()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The zone in which times are shown. */
export const useZone = (): Zone => useSyncExternalStore(subscribe, () => look.zone)
