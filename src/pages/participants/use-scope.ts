import { useCallback, useMemo, useState } from 'react'
import { usePollInterval } from '~/cache/live/poll.ts'
import { useUnlisted } from '~/cache/queries/conference-list.ts'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { conferenceNames, isSameNames } from '~/derive/conference-names.ts'
import { unlistedIds } from '~/derive/conference-rows.ts'
import type { Conference } from '~/domain/conference.ts'
import type { RosterScope } from '../roster/use-rows.ts'

const NONE: readonly Conference[] = []

/**
 * The participants of all conferences. Conferences that the list does not show are read by id.
 *
 * @param listed the conferences of the list; undefined until it is read
 */
export function useScope(listed: readonly Conference[] | undefined): RosterScope {
  const missing = unlistedIds(useRoster(), listed ?? NONE)
  const unlisted = useUnlisted(missing, usePollInterval(), listed !== undefined)
  const conferences = useMemo(
    () =>
      new Map(
        [...(listed ?? NONE), ...unlisted.flatMap((one) => one ?? [])].map((one) => [one.id, one]),
      ),
    [listed, unlisted],
  )
  const names = useKept(
    useMemo(() => conferenceNames(conferences.values()), [conferences]),
    isSameNames,
  )
  const conferenceName = useCallback((id: string) => names.get(id), [names])
  return useMemo(
    () => ({ conferenceId: null, conferences, conferenceName }),
    [conferences, conferenceName],
  )
}

/** The former value while the next one says the same. */
function useKept<T>(next: T, isSame: (a: T, b: T) => boolean): T {
  const [kept, setKept] = useState(next)
  if (kept === next || isSame(kept, next)) return kept
  setKept(next)
  return next
}
