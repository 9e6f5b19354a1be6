import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useEntries, useParticipants } from '~/cache/roster/use-roster.ts'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { askedAgain, isClockNeeded } from '~/derive/batches.ts'
import { latestBy, NEVER_SENT, type Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import { historyOf } from '~/domain/merge.ts'
import { END_TICKS_FOR, outcomeOf, type Outcome } from '~/domain/outcome.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { useIsOld } from './use-is-old.ts'

/** What became of any action, by all that is known now. */
export interface Outcomes {
  readonly of: (action: Action) => Outcome
  /** Ids of actions that were asked for again later. */
  readonly again: ReadonlySet<string>
  /** Milliseconds on the server's clock; infinite while time changes nothing, so that no second draws anything. */
  readonly now: number
  /** Milliseconds after which what was asked for should have come true. */
  readonly limit: number
}

/** The outcomes of all actions: of removals as rows and panel have them. */
export function useOutcomes(): Outcomes {
  const { actions, batches } = useActivity()
  const ids = useMemo(
    () => [...new Set([...actions.values()].map(({ target }) => target.id))],
    [actions],
  )
  const held = useEntries(ids)
  const limit = useRemovalLimit()
  const isOld = useIsOld()
  const now = useServerNowSelect((at) =>
    isClockNeeded(actions, batches, at, limit) ? at : Infinity,
  )
  const conferences = useEnding(actions)
  const people = useParticipants(useMemo(() => [...conferences.keys()], [conferences]))
  const hangUps = useMemo(() => latestBy(actions.values(), ['hang-up']), [actions])
  const of = useCallback(
    (action: Action) => {
      const { id } = action.target
      if (action.kind === 'end') {
        const conference = conferences.get(id)
        return outcomeOf(action, { conference, people: people.get(id), isOld }, now, limit)
      }
      const entry = held.get(id)
      const history = entry && historyOf(entry)
      const evidence = { participant: entry?.participant, history, hangUp: hangUps.get(id) }
      return outcomeOf(action, evidence, now, limit)
    },
    [held, conferences, people, hangUps, isOld, now, limit],
  )
  const again = useMemo(() => askedAgain([...actions.values()]), [actions])
  return { of, again, now, limit }
}

/** The records of conferences whose end was requested lately, as far as they are held; none is asked for. */
function useEnding(actions: ReadonlyMap<string, Action>): ReadonlyMap<string, Conference> {
  const ends = useMemo(
    () => [...actions.values()].filter((one) => one.kind === 'end' && !NEVER_SENT.has(one.state)),
    [actions],
  )
  const ids = useServerNowSelect((at) => recentIds(ends, at))
  return useQueries({
    queries: ids === '' ? [] : ids.split(' ').map(heldConference),
    combine: byId,
  })
}

/** A conference as far as it is held. */
const heldConference = (id: string) => ({ ...conferenceQuery(id, Infinity), enabled: false })

/** Apart from the hook: the same function combines the same records to the same map. */
const byId = (found: readonly { readonly data: Conference | undefined }[]) =>
  new Map(found.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])))

/** Ids of conferences in one text, so that the same ones are the same value. */
const recentIds = (ends: readonly Action[], now: number): string => {
  const recent = ends.filter(({ requestedAt }) => now - requestedAt < END_TICKS_FOR)
  return [...new Set(recent.map(({ target }) => target.id))].join(' ')
}
