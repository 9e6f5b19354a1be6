import { Suspense } from 'react'
import type { ParticipantView } from '~/derive/view.ts'
import { PageBoundary } from '~/pages/PageBoundary.tsx'
import type { ChangeView } from '~/pages/use-view.ts'
import { Loading } from '~/ui/Loading.tsx'
import { ParticipantPanel } from './lazy-parts.ts'
import type { RosterScope, Rows } from './use-rows.ts'

interface RosterPanelProps {
  /** The participant that is looked at, if any. */
  readonly id: string | null
  readonly scope: RosterScope
  readonly rows: Rows
  readonly changeView: ChangeView<ParticipantView>
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
