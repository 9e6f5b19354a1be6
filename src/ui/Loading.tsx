import { useState } from 'react'
import { Button } from './Button.tsx'
import { useNowSelect } from './now.ts'
import { Screen } from './Screen.tsx'

/** After this time the screen says that something is wrong. Milliseconds. */
const PATIENCE = 5000

/**
 * Shown while code loads. It offers a reload after a while, because code that a newer build has replaced never loads.
 */
export function Loading() {
  const [since] = useState(() => Date.now())
  const isLate = useNowSelect((now) => now - since > PATIENCE)
  if (!isLate) return <Screen title="Loading…" />
  return (
    <Screen
      title="This part of the page does not load"
      actions={<Button onClick={() => globalThis.location.reload()}>Reload the page</Button>}
    >
      It is tried again every few seconds. If that does not help, reload the page: the installation
      may have been updated.
    </Screen>
  )
}
