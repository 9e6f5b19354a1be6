import { Suspense } from 'react'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { QuestionDialog } from './lazy-parts.ts'
import type { Question } from './questions.ts'
import type { QuestionDialogProps } from './dialogs/QuestionDialog.tsx'

/** The dialog that is open. */
export function RosterDialogs(props: Omit<QuestionDialogProps, 'question'>) {
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
