import type { ReactNode } from 'react'
import { usePoll } from '~/cache/live/poll.ts'
import { explain } from '~/derive/explain.ts'
import { ApiError } from '~/domain/api-error.ts'
import { permits } from '~/domain/capability.ts'
import { Button } from '~/ui/Button.tsx'
import { Screen } from '~/ui/Screen.tsx'
import { BackToConferences } from './not-found/NotFoundPage.tsx'
import { usePermission } from './permission.ts'

interface FailedProps {
  readonly error: unknown
  /** What could not be read: "conferences"; of a line beside data, what may be wrong with them. */
  readonly what: string
  readonly onRetry: () => void
}

const lowerFirst = (sentence: string): string =>
  sentence.slice(0, 1).toLowerCase() + sentence.slice(1)

/** Replaces data that could not be read: what failed, why, what to do, and the trace for support. */
export function Failed({ error, what, onRetry }: FailedProps) {
  const { title, advice, trace } = explain(error)
  const lacking = useLacking(error)
  return (
    <Screen
      role="alert"
      title={`Could not load ${what}: ${lowerFirst(title)}`}
      trace={trace}
      actions={lacking === null && <Button onClick={onRetry}>Try again now</Button>}
    >
      {lacking ?? advice}
    </Screen>
  )
}

/** The permission that an account lacks after a denial, and when a change takes effect; null for any other error. */
export function useLacking(error: unknown): string | null {
  const verdict = permits('see', usePermission())
  if (verdict.allowed || !(error instanceof ApiError) || !error.isDenied) return null
  return `${verdict.reason} A permission that is added counts from your next sign-in on.`
}

interface FailedLineProps extends FailedProps {
  /** The data it is about are on the screen, only older. */
  readonly isBesideData: boolean
}

/** A line beside data that are still shown: what may be wrong with them, why, and the trace for support. */
export function FailedLine({ error, what, isBesideData, onRetry }: FailedLineProps) {
  const poll = usePoll()
  const { title, trace } = explain(error)
  // The line about the connection says it already: one outage is said once.
  const isSaid = !poll.isOnline || (poll.failure && explain(poll.failure).title === title)
  if (isBesideData && isSaid) return null
  return (
    // On one line where there is room, so that the rows below do not move.
    <div
      role="alert"
      className="flex min-w-0 basis-full flex-wrap items-center gap-x-3 text-leaving lg:basis-0 lg:grow lg:flex-nowrap"
    >
      <span title={`${what}: ${title}.`} className="lg:truncate">
        {what}: {title}.
      </span>
      {trace && (
        <span
          title={trace}
          className="font-mono text-xs select-all max-lg:wrap-anywhere lg:min-w-56 lg:truncate"
        >
          {trace}
        </span>
      )}
      <Button onClick={onRetry}>Try again now</Button>
    </div>
  )
}

interface NotThereProps {
  readonly title: string
  readonly trace?: string
  readonly children: ReactNode
}

/** A page for a link to something that does not exist. */
export function NotThere({ title, trace, children }: NotThereProps) {
  return (
    <>
      <title>{title}</title>
      <Screen level={1} title={title} trace={trace} actions={<BackToConferences />}>
        {children}
      </Screen>
    </>
  )
}
