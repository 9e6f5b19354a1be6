import { useState } from 'react'
import { usePoll } from '~/cache/live/poll.ts'
import { useSessionState } from '~/cache/live/session.ts'
import { isAsked, latestBy } from '~/domain/action.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import { canEnd, whileOffline } from '~/domain/capability.ts'
import type { Conference } from '~/domain/conference.ts'
import { Button } from '~/ui/Button.tsx'
import { EndDialog } from './EndDialog.tsx'
import { EndProgress } from './EndProgress.tsx'

interface EndControlProps {
  readonly id: string
  readonly conference: Conference | undefined
}

/** The button that ends a conference, or says why it cannot, and the progress of the end. */
export function EndControl({ id, conference }: EndControlProps) {
  const [isOpen, setOpen] = useState(false)
  const { actions } = useActivity()
  const end = latestBy(actions.values(), ['end']).get(id)
  const permission = useSessionState().session?.permission ?? null
  const { isOnline } = usePoll()
  const mayEnd = canEnd(conference, { permission, isAsked: isAsked(end) })
  const verdict = isOnline ? mayEnd : whileOffline(mayEnd)
  return (
    <>
      <Button
        className="absolute top-1.5 right-4"
        disabledReason={verdict.allowed ? undefined : verdict.reason}
        onClick={() => setOpen(true)}
      >
        End conference
      </Button>
      {end && <EndProgress end={end} conference={conference} />}
      {isOpen && conference && (
        <EndDialog conference={conference} verdict={verdict} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
