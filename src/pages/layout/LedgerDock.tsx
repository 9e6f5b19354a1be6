import { useEffect, useMemo, useRef } from 'react'
import { useAct } from '~/actions/act.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import { batchViews, type BatchView } from '~/derive/batches.ts'
import type { Session } from '~/domain/session.ts'
import { announce } from '~/ui/announce.ts'
import { useCommands } from '~/ui/commands.ts'
import { isShortcut, usePageKeys } from '~/ui/keys.ts'
import { useOutcomes } from '../use-outcomes.ts'
import { BatchCard } from './BatchCard.tsx'
import { OthersWork } from './OthersWork.tsx'
import { useLedger } from './use-ledger.ts'

/**
 * What was requested, on every page, as one card for each batch. A card stays until it is dismissed, unless it is about
 * one action that went well: a failure must not slip by while the operator looks elsewhere.
 */
export function LedgerDock({ session }: { session: Session }) {
  useLedger(session)
  const { actions, batches } = useActivity()
  const outcomes = useOutcomes()
  const views = useMemo(
    () => batchViews(actions.values(), batches, outcomes.now, outcomes.of),
    [actions, batches, outcomes.now, outcomes.of],
  )
  const dock = useRoomBelow()
  useUndoKey(views)
  return (
    <div
      ref={dock}
      data-above
      className="pointer-events-none fixed right-3 bottom-3 z-20 flex max-h-[40dvh] w-[min(26rem,calc(100vw-1.5rem))] flex-col *:pointer-events-auto sm:max-h-[70dvh]"
    >
      {/* Reversed with one child only: when there are too many it is scrolled to the newest. */}
      <section aria-label="Actions" className="flex min-h-0 flex-col-reverse overflow-y-auto">
        <div className="flex flex-col gap-2">
          <OthersWork session={session} />
          {views.map((view) => (
            <BatchCard key={view.batch.id} view={view} outcomes={outcomes} />
          ))}
        </div>
      </section>
    </div>
  )
}

/** Ctrl+Z (on a Mac ⌘Z), or u, undoes the newest batch that can still be undone, wherever the focus is. */
function useUndoKey(views: readonly BatchView[]): void {
  const { withdraw } = useAct()
  const newest = views.findLast(({ phase }) => phase === 'grace')
  const undo = () => {
    if (!newest) return
    withdraw(newest.batch.id)
    announce('Undone: nothing was sent.')
  }
  useCommands(() =>
    newest
      ? [{ id: 'undo', group: 'Actions', title: 'Undo the latest removal', keys: ['u'], run: undo }]
      : [],
  )
  usePageKeys((event) => {
    if (!newest || !isShortcut(event, 'z') || hasUndoOfItsOwn(event.target)) return
    event.preventDefault()
    undo()
  })
}

/** A text field undoes its own text, and a dialog asks for something else first. */
const hasUndoOfItsOwn = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('dialog, input:not([type=checkbox]), textarea') !== null

/**
 * Keeps room below the rows of tables, so that the last ones can be scrolled out from under the cards. The room never
 * shrinks: rows at the end would move under the pointer.
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
