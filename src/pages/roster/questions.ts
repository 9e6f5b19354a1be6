import { useEffect, useMemo, useState } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { lazy } from '~/ui/lazy.ts'

export const RemovalDialog = lazy(
  async () => (await import('./dialogs/RemovalDialog.tsx')).RemovalDialog,
)
export const TicketDialog = lazy(
  async () => (await import('./dialogs/TicketDialog.tsx')).TicketDialog,
)
export const HangUpDialog = lazy(
  async () => (await import('./dialogs/HangUpDialog.tsx')).HangUpDialog,
)
export const MuteDialog = lazy(async () => (await import('./dialogs/MuteDialog.tsx')).MuteDialog)
export const SayDialog = lazy(async () => (await import('./dialogs/SayDialog.tsx')).SayDialog)
export const DialDialog = lazy(async () => (await import('../dial/DialDialog.tsx')).DialDialog)

/** A call to be placed, as far as it is known before the form is filled in. */
export interface DialQuestion {
  readonly conferenceId: string
  readonly conferenceLabel: string
  /** The name of the called party; empty where it is not known. */
  readonly name: string
  readonly number: string
  /** The number that calls. */
  readonly source: string
}

/** What is asked before an action. Rows are as they were when the question was opened. */
export type Question =
  | { readonly kind: 'remove'; readonly rows: readonly ParticipantRow[] }
  | { readonly kind: 'hang-up'; readonly id: string }
  | { readonly kind: 'mute' | 'unmute'; readonly rows: readonly ParticipantRow[] }
  | { readonly kind: 'say'; readonly id: string }
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

/**
 * The questions before an action.
 *
 * @param isToLoad whether to load their code now, before it is needed: by then the network may be gone
 */
export function useQuestions(isToLoad: boolean): Questions {
  const [current, open] = useState<Question | null>(null)
  // Right after the first rows.
  useEffect(() => {
    if (!isToLoad) return
    const timer = setTimeout(() => {
      for (const { preload } of DIALOGS) void preload()
    })
    return () => clearTimeout(timer)
  }, [isToLoad])
  return useMemo(() => ({ current, open, close: () => open(null) }), [current])
}

/** Without the one that knows the numbers of all countries, which is large, and needs the network anyway. */
const DIALOGS = [RemovalDialog, HangUpDialog, TicketDialog, MuteDialog, SayDialog]
