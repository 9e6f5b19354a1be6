import { useCallback, useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useEntries } from '~/cache/roster/use-roster.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { askedAgain, isClockNeeded } from '~/derive/batches.ts'
import type { Action } from '~/domain/action.ts'
import { outcomeOf, type Outcome } from '~/domain/outcome.ts'
import { useServerNowSelect } from '~/ui/now.ts'

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

/** As rows and panel have it, for where many actions are told of at once. */
export function useOutcomes(): Outcomes {
  const { actions, batches } = useActivity()
  const ids = useMemo(
    () => [...new Set([...actions.values()].map(({ target }) => target.id))],
    [actions],
  )
  const entries = useEntries(ids)
  const held = useMemo(() => new Map(ids.map((id, at) => [id, entries[at]])), [ids, entries])
  const limit = useRemovalLimit()
  const now = useServerNowSelect((at) =>
    isClockNeeded(actions, batches, at, limit) ? at : Infinity,
  )
  const of = useCallback(
    (action: Action) => outcomeOf(action, held.get(action.target.id)?.participant, now, limit),
    [held, now, limit],
  )
  const again = useMemo(() => askedAgain([...actions.values()]), [actions])
  return { of, again, now, limit }
}
