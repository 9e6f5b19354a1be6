import { useMemo } from 'react'
import { useContactNames } from '~/cache/roster/contacts.ts'
import { useSettings } from '~/cache/settings.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'

/** Looks up the names of the callers in the rows that are drawn, and draws nothing. */
export function ContactNames({ rows }: { readonly rows: readonly ParticipantRow[] }) {
  const calls = useMemo(
    () => rows.flatMap(({ participant }) => participant.referenceId ?? []),
    [rows],
  )
  useContactNames(calls, useSettings().contactLookup, 'table')
  return null
}
