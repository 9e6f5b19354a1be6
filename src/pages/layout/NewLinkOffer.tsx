import { useState } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { useBaseInterval } from '~/use-config.ts'
import { emptiedConference } from '~/derive/batches.ts'
import { conferenceTarget } from '~/derive/targets.ts'
import { latestBy, type Action, type Target } from '~/domain/action.ts'
import { refused } from '~/domain/capability.ts'
import { Button } from '~/ui/Button.tsx'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { NewLinkDialog } from '../conference/NewLinkDialog.tsx'
import { useRoomVerdicts } from '../conference/use-room-verdicts.ts'

/** After many were removed from one conference: its dial-in link has leaked, perhaps, and they can come back by it. */
export function NewLinkOffer({ actions }: { actions: readonly Action[] }) {
  const [isOpen, setOpen] = useState(false)
  const all = useActivity().actions
  const target = emptiedConference(actions)
  if (!target) return null
  const renewal = latestBy(all.values(), ['new-link']).get(target.id)
  const since = Math.max(...actions.map(({ requestedAt }) => requestedAt))
  // A dialog that has just been confirmed closes by itself.
  if (renewal && renewal.requestedAt >= since && renewal.state !== 'failed' && !isOpen) return null
  return (
    <>
      <Button title="They can dial in again by the link they have" onClick={() => setOpen(true)}>
        New dial-in link…
      </Button>
      <ErrorBoundary resetKey={String(isOpen)}>
        {isOpen && <Ask target={target} onClose={() => setOpen(false)} />}
      </ErrorBoundary>
    </>
  )
}

const READING = refused('The conference is being read.')

function Ask({ target, onClose }: { target: Target; onClose: () => void }) {
  const { data, failure } = useQueryKeepingError(conferenceQuery(target.id, useBaseInterval()))
  const verdict = useRoomVerdicts(target.id, data, { recording: null })['new-link']
  return (
    <NewLinkDialog
      target={data ? conferenceTarget(data) : target}
      verdict={data || failure || !verdict.allowed ? verdict : READING}
      onClose={onClose}
    />
  )
}
