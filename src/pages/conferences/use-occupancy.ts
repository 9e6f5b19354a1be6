import { useMemo } from 'react'
import { useReach } from '~/cache/live/poll.ts'
import type { RosterStore } from '~/cache/roster/store.ts'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { MINUTE, MINUTES, occupancyOf, stayOf, type Occupancy } from '~/derive/occupancy.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Participant } from '~/domain/participant.ts'
import { fromMillis } from '~/domain/time.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { groupBy } from '~/util/group-by.ts'

/**
 * The occupancy of a conference over the last hour, made when it is asked for: only conferences on the screen are. Another
 * function when one of them may be another.
 */
export function useOccupancy(): (id: string, conference: Conference | null) => Occupancy {
  const roster = useRoster()
  const { version } = roster
  const { isWhole, backTo } = useReach()
  const until = useServerNowSelect((now) => Math.floor(now / MINUTE) * MINUTE + MINUTE)
  return useMemo(
    () => occupancies(roster, version, until, { isWhole, backTo }),
    [roster, version, until, isWhole, backTo],
  )
}

function occupancies(
  roster: RosterStore,
  _version: number,
  until: number,
  reach: Parameters<typeof mayHaveMore>[1],
) {
  let gone: ReadonlyMap<string | null, readonly Participant[]> | undefined
  const made = new Map<string, Occupancy>()
  // Those who left within the hour are found once for all conferences.
  const goneFrom = (id: string) => {
    const since = fromMillis(until - MINUTES * MINUTE)
    gone ??= groupBy(
      Array.from(roster.goneSince(since), ({ participant }) => participant),
      ({ conferenceId }) => conferenceId,
    )
    return gone.get(id) ?? []
  }
  return (id: string, conference: Conference | null): Occupancy => {
    const known = made.get(id)
    if (known) return known
    const here = [...roster.liveIn(id)].flatMap((one) => roster.get(one)?.participant ?? [])
    const stays = [...here, ...goneFrom(id)].flatMap((one) => stayOf(one) ?? [])
    const occupancy = occupancyOf(stays, until, !mayHaveMore(conference, reach))
    made.set(id, occupancy)
    return occupancy
  }
}
