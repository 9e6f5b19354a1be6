import { Suspense } from 'react'
import { conferenceTarget } from '~/derive/targets.ts'
import type { Conference } from '~/domain/conference.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { DialIn } from '../dial/DialIn.tsx'
import { EditDialog } from './EditDialog.tsx'
import { EndDialog } from './EndDialog.tsx'
import { NewLinkDialog } from './NewLinkDialog.tsx'
import type { RoomVerdicts } from './use-room-verdicts.ts'

/** What is asked about a conference. */
export type RoomQuestion = 'end' | 'edit' | 'new-link' | 'dial'

interface RoomDialogsProps {
  readonly question: RoomQuestion | null
  readonly conference: Conference
  readonly verdicts: RoomVerdicts
  readonly onClose: () => void
}

/** The dialog about a conference that is open, if any. */
export function RoomDialogs({ question, conference, verdicts, onClose }: RoomDialogsProps) {
  return (
    <ErrorBoundary resetKey={question ?? ''}>
      <Suspense>
        {question === 'end' && (
          <EndDialog conference={conference} verdict={verdicts.end} onClose={onClose} />
        )}
        {question === 'edit' && (
          <EditDialog conference={conference} verdict={verdicts.edit} onClose={onClose} />
        )}
        {question === 'dial' && <DialIn conference={conference} onClose={onClose} />}
        {question === 'new-link' && (
          <NewLinkDialog
            target={conferenceTarget(conference)}
            verdict={verdicts['new-link']}
            onClose={onClose}
          />
        )}
      </Suspense>
    </ErrorBoundary>
  )
}
