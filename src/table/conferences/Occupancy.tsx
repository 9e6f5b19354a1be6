import { createContext, use } from 'react'
import type { ConferenceRow } from '~/derive/conference-rows.ts'
import { MINUTES, occupancyText, type Occupancy as Counts } from '~/derive/occupancy.ts'
import { zonedText } from '~/util/time-text.ts'
import { currentTimeLook } from '~/ui/zone.ts'

/** Tells the occupancy of a conference. The page provides it: cells know no store. */
export const OccupancyContext = createContext<((row: ConferenceRow) => Counts) | null>(null)

/** In the units of the picture. */
const HEIGHT = 20

/** How many were in a conference over the last hour, as a curve; time that was not observed is dotted. */
export function Occupancy({ row }: { row: ConferenceRow }) {
  const occupancyOf = use(OccupancyContext)
  if (!occupancyOf) return null
  const occupancy = occupancyOf(row)
  const { counts } = occupancy
  const { zone } = currentTimeLook()
  const label = occupancyText(occupancy, (at) =>
    zonedText(at, zone).slice(-'05:09:00'.length, -':00'.length),
  )
  const most = Math.max(1, ...counts.map((count) => count ?? 0))
  const known = counts.flatMap((count, at) => (count === null ? [] : [[at, count] as const]))
  const path = known
    .map(([at, count], index) => `${index === 0 ? 'M' : 'L'}${at} ${yOf(count, most)}`)
    .join('')
  const [first = MINUTES] = known[0] ?? []
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 -1 ${MINUTES} ${HEIGHT + 2}`}
      preserveAspectRatio="none"
      className="h-6 w-24 text-joined"
    >
      <title>{label}</title>
      {first > 0 && (
        <path
          d={`M0 ${HEIGHT}L${first} ${HEIGHT}`}
          className="fill-none stroke-muted [stroke-dasharray:2_3]"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {known.length > 0 && (
        <path
          d={path}
          className="fill-none stroke-current"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  )
}

const yOf = (count: number, most: number): number =>
  Math.round((HEIGHT - (count / most) * HEIGHT) * 10) / 10
