import { Suspense, useEffect, useMemo, useState } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { shortId } from '~/domain/ids.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { lazy } from '~/ui/lazy.ts'
import { visibleText } from '~/util/visible-text.ts'
import type { RosterScope, Rows } from './use-rows.ts'

const RemovalDialog = lazy(async () => (await import('./dialogs/RemovalDialog.tsx')).RemovalDialog)
const TicketDialog = lazy(async () => (await import('./dialogs/TicketDialog.tsx')).TicketDialog)
const HangUpDialog = lazy(async () => (await import('./dialogs/HangUpDialog.tsx')).HangUpDialog)

/** What a ticket is about. */
interface Ticket {
  /** The participants, as they were when it was opened. */
  readonly rows: readonly ParticipantRow[]
  /** How many there are, those included that are not listed. */
  readonly total: number
}

/** The dialog that is open, if any, and what opens one. */
export interface Questions {
  /** The participants whose removal is asked about, as they were when the question was opened. */
  readonly asked: readonly ParticipantRow[]
  readonly hangUpId: string | null
  readonly ticket: Ticket | null
  readonly isOpen: boolean
  readonly askRemoval: (rows: readonly ParticipantRow[]) => void
  readonly askHangUp: (id: string) => void
  readonly openTicket: (ticket: Ticket) => void
  readonly close: () => void
}

/**
 * The questions before an action.
 *
 * @param isToLoad whether to load their code now, before it is needed: by then the network may be gone
 */
export function useQuestions(isToLoad: boolean): Questions {
  const [asked, setAsked] = useState<readonly ParticipantRow[]>([])
  const [hangUpId, setHangUpId] = useState<string | null>(null)
  const [ticket, setTicket] = useState<Ticket | null>(null)
  // Right after the first rows.
  useEffect(() => {
    if (!isToLoad) return
    const timer = setTimeout(() => {
      for (const { preload } of [RemovalDialog, HangUpDialog, TicketDialog]) void preload()
    })
    return () => clearTimeout(timer)
  }, [isToLoad])
  return useMemo(
    () => ({
      asked,
      hangUpId,
      ticket,
      isOpen: asked.length > 0 || hangUpId !== null || ticket !== null,
      askRemoval: setAsked,
      askHangUp: setHangUpId,
      openTicket: setTicket,
      close: () => {
        setAsked([])
        setTicket(null)
        setHangUpId(null)
      },
    }),
    [asked, hangUpId, ticket],
  )
}

interface RosterDialogsProps {
  readonly questions: Questions
  readonly rows: Rows
  readonly scope: RosterScope
  /** The list is complete: a participant that is not held does not exist. */
  readonly isWhole: boolean
  readonly onConfirmed: (rows: readonly ParticipantRow[]) => void
}

/** The dialog that is open. */
export function RosterDialogs({
  questions,
  rows,
  scope,
  isWhole,
  onConfirmed,
}: RosterDialogsProps) {
  const { asked, hangUpId, ticket, close } = questions
  const labelOf = (id: string | null) => conferenceLabelIn(scope, id)
  const toHangUp = hangUpId === null ? undefined : rows.rowOf(hangUpId)
  return (
    <Suspense>
      {asked[0] && (
        <ErrorBoundary resetKey={asked[0].id}>
          <RemovalDialog
            asked={asked}
            everyone={[...rows.live(), ...asked.flatMap(({ id }) => rows.rowOf(id) ?? [])]}
            labelOf={labelOf}
            isWhole={isWhole}
            onConfirm={() => onConfirmed(asked)}
            onClose={close}
          />
        </ErrorBoundary>
      )}
      {toHangUp && (
        <ErrorBoundary resetKey={toHangUp.id}>
          <HangUpDialog row={toHangUp} labelOf={labelOf} onClose={close} />
        </ErrorBoundary>
      )}
      {ticket && (
        <ErrorBoundary resetKey={ticket.rows[0]?.id ?? ''}>
          <TicketDialog {...ticket} conferenceOf={labelOf} onClose={close} />
        </ErrorBoundary>
      )}
    </Suspense>
  )
}

/** The name of a conference, or the beginning of its id while the name is not known. */
export const conferenceLabelIn = (
  { conferenceName }: Pick<RosterScope, 'conferenceName'>,
  id: string | null,
): string => (id === null ? 'no conference' : (conferenceName(id) ?? visibleText(shortId(id))))
