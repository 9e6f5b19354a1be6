import { useQuery } from '@tanstack/react-query'
import { lazy, useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { keys } from '~/cache/queries/keys.ts'
import { pause } from '~/cache/queries/pace.ts'
import type { Insight } from '~/derive/participant-rows.ts'
import type { Conference } from '~/domain/conference.ts'

const loadCameBack = () => import('./CameBack.tsx')

/** The count of participants that came back. */
export const CameBack = lazy(async () => ({ default: (await loadCameBack()).CameBack }))

/**
 * Loads everything that notes need at once, so that no part is missing when the network is gone.
 */
async function load({ signal }: { signal: AbortSignal }) {
  // The first rows are drawn first.
  await pause(0, signal)
  const [{ createInsight }] = await Promise.all([
    import('~/derive/insight.ts'),
    import('~/table/participants/NoteMark.tsx'),
    loadCameBack(),
  ])
  return createInsight()
}

/** Returns to a conference and departures from it; loaded as soon as there are rows. */
export function useInsight(
  conferenceId: string,
  conference: Conference | undefined,
  hasRows: boolean,
): Insight | undefined {
  const { actions } = useActivity()
  const { data: insightOf } = useQuery({
    queryKey: keys.insight,
    queryFn: load,
    enabled: hasRows,
    staleTime: Infinity,
    structuralSharing: false,
  })
  return useMemo(
    () => insightOf?.({ actions, conferenceId, conference }),
    [insightOf, actions, conferenceId, conference],
  )
}
