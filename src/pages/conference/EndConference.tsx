import { lazy, Suspense, useState } from 'react'
import { useActivity } from '~/cache/activity.ts'
import { usePoll } from '~/cache/poll.ts'
import { useSessionState } from '~/cache/session.ts'
import { isPending, latestBy, type Action } from '~/domain/action.ts'
import { canEnd, type Verdict } from '~/domain/capability.ts'
import type { Conference } from '~/domain/conference.ts'
import { Button } from '~/ui/Button.tsx'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { loadEndDialog } from './load-dialogs.ts'

const EndDialog = lazy(loadEndDialog)
const EndProgress = lazy(() => import('./EndProgress.tsx'))

/** The latest end of a conference that was asked for from here. */
function useEnd(conferenceId: string): Action | undefined {
  const { actions } = useActivity()
  return latestBy(actions.values(), ['end']).get(conferenceId)
}

const OFFLINE: Verdict = {
  allowed: false,
  reason: 'You are offline: nothing can be sent now.',
}

/** Asks for the end of the conference; says why where that cannot be. */
export function EndConference({ conference }: { conference: Conference }) {
  const [isOpen, setOpen] = useState(false)
  const end = useEnd(conference.id)
  const permission = useSessionState().session?.permission ?? null
  const { isOnline } = usePoll()
  const mayEnd = canEnd(conference, { permission, isAsked: end !== undefined && isPending(end) })
  const verdict = mayEnd.allowed && !isOnline ? OFFLINE : mayEnd
  return (
    <>
      <Button
        className="ml-auto"
        disabledReason={verdict.allowed ? undefined : verdict.reason}
        onClick={() => setOpen(true)}
      >
        End conference
      </Button>
      {isOpen && (
        <ErrorBoundary resetKey={conference.id}>
          <Suspense>
            <EndDialog conference={conference} verdict={verdict} onClose={() => setOpen(false)} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  )
}

/** What came of the end of the conference, once it was asked for from here. */
export function EndOfConference({
  id,
  conference,
}: {
  id: string
  conference: Conference | undefined
}) {
  const end = useEnd(id)
  return (
    end && (
      <ErrorBoundary resetKey={end.id}>
        <Suspense>
          <EndProgress end={end} conference={conference} />
        </Suspense>
      </ErrorBoundary>
    )
  )
}
