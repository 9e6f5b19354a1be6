import { Suspense } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import {
  DialDialog,
  HangUpDialog,
  MuteDialog,
  RemovalDialog,
  SayDialog,
  TicketDialog,
} from './lazy-parts.ts'
import type { Question, Questions } from './questions.ts'
import type { Rows } from './use-rows.ts'

interface RosterDialogsProps {
  readonly questions: Questions
  readonly rows: Rows
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
  const { question, questions, rows, onConfirmed } = props
  const { close } = questions
  switch (question.kind) {
    case 'remove':
      return (
        <RemovalDialog
          asked={question.rows}
          everyone={[...rows.live(), ...question.rows.flatMap(({ id }) => rows.rowOf(id) ?? [])]}
          onConfirm={() => onConfirmed(question.rows)}
          onClose={close}
        />
      )
    case 'hang-up':
    case 'say': {
      const row = rows.rowOf(question.id)
      const Dialog = question.kind === 'say' ? SayDialog : HangUpDialog
      return row && <Dialog row={row} onClose={close} />
    }
    case 'mute':
    case 'unmute':
      return (
        <MuteDialog
          kind={question.kind}
          rows={question.rows.map((row) => rows.rowOf(row.id) ?? row)}
          onConfirm={() => onConfirmed(question.rows)}
          onClose={close}
        />
      )
    case 'dial':
      return <DialDialog {...question} onClose={close} />
    case 'ticket':
      return <TicketDialog {...question} onClose={close} />
  }
}
