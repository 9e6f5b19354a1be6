import { useSyncExternalStore } from 'react'
import { parseLook, type Look, type LookOverride } from '~/derive/look.ts'
import { setTimeLook } from '~/ui/zone.ts'
import { stored } from '~/util/stored.ts'
import { valueStore } from '~/util/value-store.ts'

const store = stored('rollcall.look', parseLook)

/** What the link that was opened sets; it lasts as long as it is in the address. */
let override: LookOverride = {}
const current = valueStore<Look>(store.get())

function update(): void {
  const next = { ...store.get(), ...override }
  setTimeLook(next)
  current.set(next)
}

store.subscribe(update)
update()

/** Changes how tables and times look, in this browser. */
export const setLook = (part: Partial<Look>): void => {
  // What the operator chooses counts more than the link.
  override = Object.fromEntries(Object.entries(override).filter(([key]) => !(key in part)))
  store.set({ ...store.get(), ...part })
}

/** Whether the browser keeps what was chosen. */
export const isLookKept = (): boolean => store.isKept()

/** Sets what the link has; the same again changes nothing. */
export function overrideLook(next: LookOverride): void {
  if (JSON.stringify(next) === JSON.stringify(override)) return
  override = next
  update()
}

/** How tables and times look now. */
export const useLook = (): Look => useSyncExternalStore(current.subscribe, current.get)
