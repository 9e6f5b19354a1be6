import { createContext } from 'react'
import { MINUTES, minuteOf, type Occupancy } from '~/derive/occupancy.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'

/**
 * The occupancy of a conference that was created at a time, at `now` in milliseconds. The page provides it; another
 * function once more or less of the hour is known.
 */
type OccupancyOf = (id: string, createdAt: Micros | null, now: number) => Occupancy

/** Nothing is known. */
export const OccupancyContext = createContext<OccupancyOf>((_id, _createdAt, now) => ({
  minute: minuteOf(fromMillis(now)),
  counts: Array<null>(MINUTES).fill(null),
}))
