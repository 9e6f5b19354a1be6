import { Suspense, useEffect } from 'react'
import { PageBoundary } from '~/pages/PageBoundary.tsx'
import { lazy } from '~/ui/lazy.ts'
import { Loading } from '~/ui/Loading.tsx'
import type { Rows } from './use-rows.ts'

const ParticipantPanel = lazy(
  async () => (await import('./panel/ParticipantPanel.tsx')).ParticipantPanel,
)

interface RosterPanelProps {
  /** The participant that is looked at, if any. */
  readonly id: string | null
  /** Null where participants of all conferences are shown. */
  readonly conferenceId: string | null
  readonly rows: Rows
  readonly onClose: () => void
}

/** The panel beside the table. Its code is loaded right after the first rows: later the network may be gone. */
export function RosterPanel({ id, conferenceId, rows, onClose }: RosterPanelProps) {
  const hasRows = rows.total > 0
  useEffect(() => {
    if (!hasRows) return
    const timer = setTimeout(() => void ParticipantPanel.preload())
    return () => clearTimeout(timer)
  }, [hasRows])
  if (!id) return null
  return (
    <PageBoundary part={id}>
      <Suspense fallback={<Loading />}>
        <ParticipantPanel
          key={id}
          id={id}
          conferenceId={conferenceId}
          row={rows.rowOf(id)}
          onClose={onClose}
        />
      </Suspense>
    </PageBoundary>
  )
}
