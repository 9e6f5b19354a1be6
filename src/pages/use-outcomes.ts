import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useEntries, useParticipants } from '~/cache/roster/use-roster.ts'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { useRemovalLimit } from '~/use-config.ts'
import { askedAgain, isClockNeeded } from '~/derive/batches.ts'
import { latestBy, NEVER_SENT, type Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import { historyOf } from '~/domain/merge.ts'
import { END_TICKS_FOR, outcomeOf, type Outcome } from '~/domain/outcome.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { useIsOld } from './use-is-old.ts'

/** The outcome of any action, by the records held now. */
export interface Outcomes {
  readonly of: (action: Action) => Outcome
  /** Ids of actions that were asked for again later. */
  readonly again: ReadonlySet<string>
  /** Milliseconds on the server's clock; infinite while time alone changes no outcome, so that nothing renders each second. */
  readonly now: number
  /** Milliseconds after which an action should have taken effect. */
  readonly limit: number
}

/** The outcomes of all actions; those of removals are the same in rows and panel. */
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

/** A conference from the cache, without a request. */
const heldConference = (id: string) => ({ ...conferenceQuery(id, Infinity), enabled: false })

/** Outside of the hook, because `useQueries` keeps the map only while the function is the same. */
const byId = (found: readonly { readonly data: Conference | undefined }[]) =>
  new Map(found.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])))

/** Ids of conferences in one text, so that equal lists are equal values. */
const recentIds = (ends: readonly Action[], now: number): string => {
  const recent = ends.filter(({ requestedAt }) => now - requestedAt < END_TICKS_FOR)
  return [...new Set(recent.map(({ target }) => target.id))].join(' ')
}
