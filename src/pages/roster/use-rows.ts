import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { TAB } from '~/actions/tab.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import { usePollInterval } from '~/cache/live/poll.ts'
import { useFreshCalls, useResolvedCallers } from '~/cache/roster/callers.ts'
import { createAnnotator } from '~/derive/annotator.ts'
import type { IdList } from '~/derive/id-list.ts'
import { askedOf } from '~/derive/asked.ts'
import { unkeptRow, type ParticipantRow, type RowSources } from '~/derive/participant-rows.ts'
import { isTimed } from '~/derive/query/match.ts'
import type { Query } from '~/derive/query/terms.ts'
import type { Shown } from '~/derive/roster-view.ts'
import type { SelectedIds } from '~/derive/selection.ts'
import type { Options } from '~/derive/view-options.ts'
import type { ParticipantView } from '~/derive/view.ts'
import type { Conference } from '~/domain/conference.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { useZone } from '~/ui/zone.ts'
import { usePermission } from '~/pages/permission.ts'
import type { ChangeView } from '~/pages/use-view.ts'
import { LiveView, type LiveSnapshot } from './live-view.ts'

/** Whose participants are shown, and what is known of the conferences they are in. */
export interface RosterScope {
  /** Null for the participants of all conferences. */
  readonly conferenceId: string | null
  /** The records of conferences that are read, by id; the same map while they are the same. */
  readonly conferences: ReadonlyMap<string, Conference>
  /** The name of a conference that is known; the same function while all names are the same. */
  readonly conferenceName: (id: string) => string | undefined
}

/** Participants as a view shows them. */
export interface Rows extends Shown {
  readonly rowOf: (id: string) => ParticipantRow | undefined
  /** The conference of a participant, for which no row need be made; empty where the record does not say. */
  readonly conferenceIdOf: (id: string) => string
  /** Rows of all participants that are not gone. */
  readonly live: () => readonly ParticipantRow[]
  readonly liveCount: number
  /** How many a query finds, with the statuses that are shown now. */
  readonly countOf: (text: string) => number
  /** How many the query of the view finds, whatever their status. */
  readonly countHidden: () => number
  /** The entries of all participants, matching or not, and what is known beside them. */
  readonly entries: () => Iterable<RosterEntry>
  readonly sources: RowSources
  /** A row that is not kept, for a file. */
  readonly exportedRowOf: (id: string) => ParticipantRow | undefined
  /** How many connected participants were removed from here before. */
  readonly cameBack: number
}

/** What all parts of the page read. */
export interface RosterPage {
  readonly scope: RosterScope
  readonly view: ParticipantView
  readonly changeView: ChangeView<ParticipantView>
  readonly rows: Rows
}

/** Participants, filtered, sorted and counted; reads the callers to be shown. */
export function useRows(
  { conferenceId, conferences, conferenceName }: RosterScope,
  view: ParticipantView,
  query: Query,
  openId: string | null,
): Rows {
  const client = useQueryClient()
  const liveView = useMemo(() => new LiveView(client, conferenceId), [client, conferenceId])
  const live = useSyncExternalStore(liveView.subscribe, liveView.snapshot)
  const { hidden } = view
  const wanted = useMemo(() => wantedOf(live, hidden, openId), [live, hidden, openId])
  useResolvedCallers(wanted, live.wanted.isAny(hidden, openId))
  useFreshCalls(usePollInterval(), live.live.size > 0)
  const { actions, batches } = useActivity()
  const permission = usePermission()
  const asked = useMemo(
    () => askedOf(actions, permission, ({ batch }) => batches.get(batch)?.tab === TAB),
    [actions, batches, permission],
  )
  const zone = useZone()
  const [annotatorOf] = useState(createAnnotator)
  const annotator = useMemo(
    () => annotatorOf({ actions, conferences }),
    [annotatorOf, actions, conferences],
  )
  const isAcross = conferenceId === null
  const sources = useMemo(
    () => ({ callers: live.callers, asked, annotator, zone, conferenceName, isAcross }),
    [live.callers, asked, annotator, zone, conferenceName, isAcross],
  )
  const ticks = isTimed(query)
  const now = useServerNowSelect((at) => (ticks ? Math.floor(at / SECOND) * SECOND : 0))
  const options = useMemo(() => ({ ...view, now }), [view, now])
  const shown = live.view.read(options, sources)
  usePreparedSearch(live)
  return useMemo(() => rowsOf({ live, shown, sources, options }), [live, shown, sources, options])
}

/** How often a query that depends on time is answered anew. Milliseconds. */
const SECOND = 1000

interface RowsParts {
  readonly live: LiveSnapshot
  readonly shown: Shown
  readonly sources: RowSources
  readonly options: Options
}

/** Outside of the hook: a closure of the component would keep its whole scope alive. */
function rowsOf({ live, shown, sources, options }: RowsParts): Rows {
  const rowOf = (id: string) => live.view.rowOf(id, sources)
  const liveRows = () => [...live.live].flatMap((id) => rowOf(id) ?? [])
  return {
    ...shown,
    rowOf,
    conferenceIdOf: (id) => live.view.entryOf(id)?.participant.conferenceId ?? '',
    live: liveRows,
    liveCount: live.live.size,
    countOf: (text) => live.view.count({ ...options, text }),
    countHidden: () => live.view.count({ ...options, hidden: [] }),
    entries: () => live.view.entries(),
    sources,
    exportedRowOf: (id) => {
      const entry = live.view.entryOf(id)
      return entry && unkeptRow(entry, sources)
    },
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

/** The selected rows: those drawn in their order, then all others. */
export const selectedRows = (
  selected: SelectedIds,
  drawn: IdList,
  { rowOf }: Rows,
): readonly ParticipantRow[] => {
  const ids = Object.keys(selected)
  const inOrder = drawn.slice().filter((id) => selected[id])
  return [...new Set([...inOrder, ...ids])].flatMap((id) => rowOf(id) ?? [])
}
