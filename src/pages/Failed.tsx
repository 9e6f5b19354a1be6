import type { ReactNode } from 'react'
import { explain } from '~/derive/explain.ts'
import { Button } from '~/ui/Button.tsx'
import { useTitle } from '~/ui/title.ts'
import { Screen } from '~/ui/Screen.tsx'
import { BackToConferences } from './not-found/NotFoundPage.tsx'

interface FailedProps {
  readonly error: unknown
  /** What could not be shown, as the start of a sentence. */
  readonly what: string
  readonly onRetry: () => void
}

/** In place of data that could not be read: what failed, why, what to do, and the trace for support. */
export function Failed({ error, what, onRetry }: FailedProps) {
  const { title, advice, trace } = explain(error)
  return (
    <Screen
      role="alert"
      title={`${what} cannot be shown: ${title}`}
      trace={trace}
      actions={<Button onClick={onRetry}>Try again now</Button>}
    >
      {advice}
    </Screen>
  )
}

interface NotThereProps {
  readonly title: string
  readonly trace?: string
  readonly children: ReactNode
}

/** For a link to something that is not there. */
export function NotThere({ title, trace, children }: NotThereProps) {
  useTitle(title)
  return (
    <Screen title={title} trace={trace} actions={<BackToConferences />}>
      {children}
    </Screen>
  )
}
