import { useMemo } from 'react'
import { useContactNames } from '~/cache/roster/contacts.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'

/** Looks up the names of the callers in these rows, and draws nothing. */
export function ContactLookUps({ rows }: { readonly rows: readonly ParticipantRow[] }) {
  const calls = useMemo(
    () => rows.flatMap(({ participant }) => participant.referenceId ?? []),
    [rows],
  )
  useContactNames(calls, true, 'table')
  return null
}
