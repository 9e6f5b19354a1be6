import { Suspense } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { shortId } from '~/domain/ids.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { visibleText } from '~/util/visible-text.ts'
import {
  DialDialog,
  HangUpDialog,
  MuteDialog,
  RemovalDialog,
  SayDialog,
  TicketDialog,
  type Question,
  type Questions,
} from './questions.ts'
import type { RosterScope, Rows } from './use-rows.ts'

interface RosterDialogsProps {
  readonly questions: Questions
  readonly rows: Rows
  readonly scope: RosterScope
  /** The list is complete: a participant that is not held does not exist. */
  readonly isWhole: boolean
  readonly onConfirmed: (rows: readonly ParticipantRow[]) => void
}

/** The dialog that is open. */
export function RosterDialogs(props: RosterDialogsProps) {
  const { current } = props.questions
  return (
    <Suspense>
      {current && (
        <ErrorBoundary resetKey={keyOf(current)}>
          <QuestionDialog {...props} question={current} />
        </ErrorBoundary>
      )}
    </Suspense>
  )
}

/** Another question is drawn anew. */
const keyOf = (question: Question): string =>
  'rows' in question
    ? `${question.kind} ${question.rows[0]?.id}`
    : `${question.kind} ${'id' in question ? question.id : question.number}`

function QuestionDialog(props: RosterDialogsProps & { readonly question: Question }) {
  const { question, questions, rows, scope, isWhole, onConfirmed } = props
  const { close } = questions
  const labelOf = (id: string | null) => conferenceLabelIn(scope, id)
  switch (question.kind) {
    case 'remove':
      return (
        <RemovalDialog
          asked={question.rows}
          everyone={[...rows.live(), ...question.rows.flatMap(({ id }) => rows.rowOf(id) ?? [])]}
          labelOf={labelOf}
          isWhole={isWhole}
          onConfirm={() => onConfirmed(question.rows)}
          onClose={close}
        />
      )
    case 'hang-up':
    case 'say': {
      const row = rows.rowOf(question.id)
      const Dialog = question.kind === 'say' ? SayDialog : HangUpDialog
      return row && <Dialog row={row} labelOf={labelOf} onClose={close} />
    }
    case 'mute':
    case 'unmute':
      return (
        <MuteDialog
          kind={question.kind}
          rows={question.rows.map((row) => rows.rowOf(row.id) ?? row)}
          labelOf={labelOf}
          onConfirm={() => onConfirmed(question.rows)}
          onClose={close}
        />
      )
    case 'dial':
      return <DialDialog {...question} onClose={close} />
    case 'ticket':
      return <TicketDialog {...question} conferenceOf={labelOf} onClose={close} />
  }
}

/** The name of a conference, or the beginning of its id while the name is not known. */
export const conferenceLabelIn = (
  { conferenceName }: Pick<RosterScope, 'conferenceName'>,
  id: string | null,
): string => (id === null ? 'no conference' : (conferenceName(id) ?? visibleText(shortId(id))))
