import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { DialDialog } from '../../dial/DialDialog.tsx'
import type { Question, Questions } from '../questions.ts'
import type { Rows } from '../use-rows.ts'
import { HangUpDialog } from './HangUpDialog.tsx'
import { MuteDialog } from './MuteDialog.tsx'
import { RemovalDialog } from './RemovalDialog.tsx'
import { SayDialog } from './SayDialog.tsx'
import { TicketDialog } from './TicketDialog.tsx'

export interface QuestionDialogProps {
  readonly question: Question
  readonly questions: Questions
  readonly rows: Rows
  readonly onConfirmed: (rows: readonly ParticipantRow[]) => void
}

/** The dialog of a question. */
export function QuestionDialog({ question, questions, rows, onConfirmed }: QuestionDialogProps) {
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
