import { useSyncExternalStore } from 'react'
import type { Zone } from '~/util/time-text.ts'
import { valueStore } from '~/util/value-store.ts'
import { tick } from '~/clock.ts'

/** How times are shown everywhere. */
export interface TimeLook {
  readonly zone: Zone
  /** As a moment, or as how long ago it was. */
  readonly times: 'absolute' | 'relative'
}

const store = valueStore<TimeLook>({ zone: 'local', times: 'absolute' })

/** How times are shown. A component that only formats times reads it here: a change ticks the clock. */
export const currentTimeLook = (): TimeLook => store.get()

/** Shows times another way from now on. */
export function setTimeLook(next: TimeLook): void {
  const { zone, times } = store.get()
  if (next.zone === zone && next.times === times) return
  store.set(next)
  tick()
}

/** The zone in which times are shown. */
export const useZone = (): Zone => useSyncExternalStore(store.subscribe, () => store.get().zone)
