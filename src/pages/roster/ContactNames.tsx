import { useDeferredValue, useMemo } from 'react'
import { useContactNames } from '~/cache/roster/contacts.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { useConfig } from '~/use-config.ts'

/** Looks up the names of the callers in the rows that are drawn, unless the installation wants none. Draws nothing. */
export function ContactNames({ rows }: { readonly rows: readonly ParticipantRow[] }) {
  const calls = useMemo(
    () => rows.flatMap(({ participant }) => participant.referenceId ?? []),
    [rows],
  )
  // The first rows are drawn before anything is looked up for them.
  const isDrawn = useDeferredValue(true, false)
  useContactNames(calls, useConfig().contactLookup && isDrawn, 'table')
  return null
}
