import { useMemo, useState } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { createAnnotator } from '~/derive/annotator.ts'
import type { Annotator } from '~/derive/participant-rows.ts'
import type { Conference } from '~/domain/conference.ts'

/** The annotator of a conference: which participants came back, and how others left. */
export function useAnnotator(conferenceId: string, conference: Conference | undefined): Annotator {
  const { actions } = useActivity()
  const [annotatorOf] = useState(createAnnotator)
  return useMemo(
    () => annotatorOf({ actions, conferenceId, conference }),
    [annotatorOf, actions, conferenceId, conference],
  )
}
