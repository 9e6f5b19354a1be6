import { useMemo, useState } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { createAnnotator } from '~/derive/annotator.ts'
import type { Annotator } from '~/derive/participant-rows.ts'
import type { Conference } from '~/domain/conference.ts'

/** The annotator of participants: which of them came back, and how others left. */
export function useAnnotator(conferences: ReadonlyMap<string, Conference>): Annotator {
  const { actions } = useActivity()
  const [annotatorOf] = useState(createAnnotator)
  return useMemo(() => annotatorOf({ actions, conferences }), [annotatorOf, actions, conferences])
}
