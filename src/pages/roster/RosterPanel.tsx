import { Suspense } from 'react'
import { PageBoundary } from '~/pages/PageBoundary.tsx'
import { Loading } from '~/ui/Loading.tsx'
import { ParticipantPanel } from './lazy-parts.ts'
import type { RosterPage } from './use-rows.ts'

interface RosterPanelProps extends RosterPage {
  /** The participant that is looked at, if any. */
  readonly id: string | null
}

/** The panel beside the table. */
export function RosterPanel({ id, scope, rows, changeView }: RosterPanelProps) {
  if (!id) return null
  return (
    <PageBoundary part={id}>
      <Suspense fallback={<Loading />}>
        <ParticipantPanel
          key={id}
          id={id}
          conferenceId={scope.conferenceId}
          row={rows.rowOf(id)}
          onClose={() => changeView({ participant: null })}
        />
      </Suspense>
    </PageBoundary>
  )
}
