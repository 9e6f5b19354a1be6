import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { usePoll } from '~/cache/live/poll.ts'
import { horizonAt, rosterOf, type RosterStore } from '~/cache/roster/store.ts'
import { useExtent } from '~/cache/roster/use-roster.ts'
import { Occupancies, type Reading } from '~/derive/occupancy.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { useClockOffset } from '~/ui/now.ts'

/**
 * The occupancy of conferences, kept up with the roster, for the rows that ask for it. The function is another one once
 * more or less is known of the last hour.
 *
 * @param isOld nothing was read for a while: what has happened since the last poll is not known
 */
export function useOccupancy(isOld: boolean) {
  const roster = rosterOf(useQueryClient())
  const occupancies = useMemo(() => new FollowingOccupancies(roster), [roster])
  useEffect(() => occupancies.follow(), [occupancies])
  const reading = useReading(isOld)
  return useCallback(
    (id: string, createdAt: Micros | null, now: number) =>
      occupancies.all.of(id, createdAt, reading, now),
    [occupancies, reading],
  )
}

/** Occupancies, and the changes of the roster they were told. */
class FollowingOccupancies {
  readonly all: Occupancies
  readonly #roster: RosterStore
  readonly #madeAt: number

  constructor(roster: RosterStore) {
    this.#roster = roster
    this.#madeAt = roster.version
    this.all = new Occupancies((id) =>
      [...roster.inConference(id)].flatMap((one) => roster.get(one) ?? []),
    )
  }

  /** Keeps them up to date from now on. Returns a function that ends this. */
  follow(): () => void {
    // The roster may have changed since they were made.
    if (this.#roster.version !== this.#madeAt) this.all.clear()
    return this.#roster.subscribe(({ entries }) => this.all.note(entries))
  }
}

/** What was read of the list: the same object while it says the same of the last hour. */
function useReading(isOld: boolean): Reading {
  const { coverage } = useExtent()
  const { updatedAt } = usePoll()
  const offset = useClockOffset()
  const until = isOld ? fromMillis(updatedAt + offset) : null
  // The newest span grows with each new participant, and counts as read up to `until`.
  const spans = coverage.map(({ from, to }, index) => [from, index === 0 ? Infinity : to]).join(' ')
  return useMemo(() => ({ spans: spansFrom(spans), until, horizonAt }), [spans, until])
}

const spansFrom = (text: string): Reading['spans'] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((span) => {
      const [from = 0, to = 0] = span.split(',').map(Number)
      return { from, to }
    })
