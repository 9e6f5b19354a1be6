import { useMemo, useState } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { createInsight } from '~/derive/insight.ts'
import type { Insight } from '~/derive/participant-rows.ts'
import type { Conference } from '~/domain/conference.ts'

/** Who came back to a conference, and how others left. */
export function useInsight(conferenceId: string, conference: Conference | undefined): Insight {
  const { actions } = useActivity()
  const [insightOf] = useState(createInsight)
  return useMemo(
    () => insightOf({ actions, conferenceId, conference }),
    [insightOf, actions, conferenceId, conference],
  )
}
