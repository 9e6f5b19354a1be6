import { useMemo, useState, type ComponentProps } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { DialDialog } from '../dial/DialDialog.tsx'

/** A call to be placed, as far as it is known before the form is filled in. */
export type DialQuestion = Omit<ComponentProps<typeof DialDialog>, 'onClose'>

/** What is asked before an action. Rows are as they were when the question was opened. */
export type Question =
  | { readonly kind: 'remove' | 'mute' | 'unmute'; readonly rows: readonly ParticipantRow[] }
  | { readonly kind: 'hang-up' | 'say'; readonly id: string }
  | ({ readonly kind: 'dial' } & DialQuestion)
  | {
      readonly kind: 'ticket'
      readonly rows: readonly ParticipantRow[]
      /** How many there are, those included that are not listed. */
      readonly total: number
    }

/** The question that is open, if any, and what opens one. */
export interface Questions {
  readonly current: Question | null
  readonly open: (question: Question) => void
  readonly close: () => void
}

/** The questions before an action. */
export function useQuestions(): Questions {
  const [current, open] = useState<Question | null>(null)
  return useMemo(() => ({ current, open, close: () => open(null) }), [current])
}
