import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useSessionState } from '~/cache/live/session.ts'
import { useResolvedCallers } from '~/cache/roster/callers.ts'
import { askedOf, type ParticipantRow } from '~/derive/participant-rows.ts'
import type { Shown } from '~/derive/roster-view.ts'
import type { ParticipantView } from '~/derive/view.ts'
import type { Conference } from '~/domain/conference.ts'
import { useZone } from '~/ui/zone.ts'
import { LiveView, type LiveSnapshot } from './live-view.ts'
import { useAnnotator } from './use-annotator.ts'

/** The participants of a conference as a view shows them. */
export interface Rows extends Shown {
  readonly rowOf: (id: string) => ParticipantRow | undefined
  readonly isShown: (id: string) => boolean
  /** Rows of all participants that are not gone. */
  readonly live: () => readonly ParticipantRow[]
  /** How many connected participants were removed from here before. */
  readonly cameBack: number
}

/** The participants of a conference, filtered, sorted and counted; reads the callers to be shown. */
export function useRows(
  conferenceId: string,
  conference: Conference | undefined,
  view: ParticipantView,
  openId: string | null,
): Rows {
  const client = useQueryClient()
  const liveView = useMemo(() => new LiveView(client, conferenceId), [client, conferenceId])
  const live = useSyncExternalStore(liveView.subscribe, liveView.snapshot)
  const { hidden } = view
  const wanted = useMemo(() => wantedOf(live, hidden, openId), [live, hidden, openId])
  useResolvedCallers(wanted, live.wanted.isAny(hidden, openId))
  const { actions } = useActivity()
  const permission = useSessionState().session?.permission ?? null
  const asked = useMemo(() => askedOf(actions, permission), [actions, permission])
  const [zone] = useZone()
  const annotator = useAnnotator(conferenceId, conference)
  const sources = useMemo(
    () => ({ callers: live.callers, asked, annotator, zone }),
    [live.callers, asked, annotator, zone],
  )
  const shown = live.view.read(view, sources)
  usePreparedSearch(live)
  return useMemo(() => rowsOf(live, shown, sources), [live, shown, sources])
}

type Sources = Parameters<LiveSnapshot['view']['read']>[1]

/** Outside of the hook: a closure of the component would keep its whole scope alive. */
function rowsOf(live: LiveSnapshot, shown: Shown, sources: Sources): Rows {
  const rowOf = (id: string) => live.view.rowOf(id, sources)
  const liveRows = () => [...live.live].flatMap((id) => rowOf(id) ?? [])
  return {
    ...shown,
    rowOf,
    isShown: live.view.isShown,
    live: liveRows,
    cameBack: sources.annotator?.mayComeBack
      ? liveRows().filter(({ note }) => note?.rejoin).length
      : 0,
  }
}

const wantedOf = (live: LiveSnapshot, hidden: readonly string[], openId: string | null) => ({
  [Symbol.iterator]: () => live.wanted.among(hidden, openId),
})

/** Makes search texts while nothing else is to be done: the first key must not wait for them. */
function usePreparedSearch(live: LiveSnapshot): void {
  // The browser decides how long it is idle.
  useEffect(() => {
    if (!('requestIdleCallback' in window)) return
    const prepare = (deadline: IdleDeadline) => {
      if (!live.view.prepare(() => deadline.timeRemaining() > 1))
        handle = requestIdleCallback(prepare)
    }
    let handle = requestIdleCallback(prepare)
    return () => cancelIdleCallback(handle)
  }, [live])
}
