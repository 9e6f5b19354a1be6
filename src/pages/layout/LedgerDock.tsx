import { useEffect, useMemo, useRef } from 'react'
import { useActivity } from '~/cache/activity.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { batchViews, type BatchView } from '~/derive/batches.ts'
import type { Session } from '~/domain/session.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { BatchCard } from './BatchCard.tsx'
import { OthersWork } from './OthersWork.tsx'
import { Outcome } from './Outcome.tsx'
import { useLedger } from './use-ledger.ts'

/** One alone is seen in its row, unless it waits for somebody or can be undone. */
const isCard = ({ actions, phase }: BatchView): boolean =>
  actions.length > 1 || phase === 'paused' || phase === 'grace'

/**
 * What was asked for and is not over, on every page: many at once as a card with its progress, one alone only when
 * something went otherwise than asked. It stays until dismissed: a failure must not slip by while one looks elsewhere.
 */
export default function LedgerDock({ session }: { session: Session }) {
  useLedger(session)
  const { actions, batches } = useActivity()
  // Time matters only while something can be undone: else nothing is drawn or counted again with each second.
  const now = useServerNowSelect((at) =>
    [...batches.values()].some(({ startsAt }) => startsAt > at) ? at : Infinity,
  )
  const limit = useRemovalLimit()
  const views = useMemo(
    () => batchViews(actions.values(), batches, now, limit),
    [actions, batches, now, limit],
  )
  const dock = useRoomBelow()
  const single = views.filter((view) => !isCard(view))
  const many = views.filter(isCard)
  return (
    <div
      ref={dock}
      className="pointer-events-none fixed right-3 bottom-3 z-20 flex max-h-[70vh] w-[min(26rem,calc(100vw-1.5rem))] flex-col gap-2 *:pointer-events-auto"
    >
      <div role="alert" aria-label="Notices" className="flex flex-col gap-2 overflow-y-auto">
        {single.flatMap((view) =>
          view.actions.map((action) => <Outcome key={action.id} action={action} />),
        )}
      </div>
      <OthersWork session={session} />
      {many.length > 0 && (
        <section aria-label="Removals" className="flex min-h-0 flex-col gap-2 overflow-y-auto">
          {many.map((view) => (
            <BatchCard key={view.batch.id} view={view} now={now} limit={limit} />
          ))}
        </section>
      )}
    </div>
  )
}

/**
 * Room for it below the rows of tables, so that the last ones can be scrolled out from under it. It never becomes
 * less again: rows at the end would move under the pointer.
 */
function useRoomBelow() {
  const dock = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let most = 0
    const observer = new ResizeObserver(([entry]) => {
      most = Math.max(most, Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0))
      document.documentElement.style.setProperty('--room-below', `${most}px`)
    })
    if (dock.current) observer.observe(dock.current)
    return () => observer.disconnect()
  }, [])
  return dock
}
