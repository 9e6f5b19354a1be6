import { Suspense, useDeferredValue } from 'react'
import { useConfig } from '~/use-config.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { lazy } from '~/ui/lazy.ts'

const ContactLookUps = lazy(async () => (await import('./ContactLookUps.tsx')).ContactLookUps)

/** Looks up the names of the callers in the rows that are drawn, unless the installation wants none. Draws nothing. */
export function ContactNames({ rows }: { readonly rows: readonly ParticipantRow[] }) {
  // The first rows are drawn before the code is loaded.
  const isDrawn = useDeferredValue(true, false)
  if (!useConfig().contactLookup || !isDrawn) return null
  return (
    <Suspense>
      <ContactLookUps rows={rows} />
    </Suspense>
  )
}
