import { use } from 'react'
import type { ConferenceRow } from '~/derive/conference-rows.ts'
import { MINUTES, type Occupancy } from '~/derive/occupancy.ts'
import { occupancyText, runsOf, type Run } from '~/derive/occupancy-text.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { useZone } from '~/ui/zone.ts'
import { OccupancyContext } from './occupancy-context.ts'

/** Milliseconds. */
const MINUTE = 60_000

/** The size of the drawing in pixels: two for each minute. */
const [STEP, HEIGHT] = [2, 20]
const WIDTH = MINUTES * STEP
const BOTTOM = HEIGHT - 0.5

/** Below this many the height is not used up, so that one caller more or less is no mountain. */
const LEAST_TOP = 4

/** How many were in during the last hour. */
export function LastHour({ row: { id, conference } }: { row: ConferenceRow }) {
  const occupancyOf = use(OccupancyContext)
  const now = useServerNowSelect((at) => Math.floor(at / MINUTE) * MINUTE)
  const zone = useZone()
  const occupancy = occupancyOf(id, conference?.createdAt ?? null, now)
  const text = `Occupancy over the last hour: ${occupancyText(occupancy, zone)}`
  return (
    <span title={text} className="flex">
      <Sparkline occupancy={occupancy} label={text} />
    </span>
  )
}

/** A line of steps over a filled area, on a base line. Time that is not known is a hatched base without a line. */
function Sparkline({ occupancy: { counts }, label }: { occupancy: Occupancy; label: string }) {
  const top = Math.max(LEAST_TOP, ...counts.map((count) => count ?? 0))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="shrink-0 fill-none stroke-current text-muted"
    >
      {runsOf(counts).map((run) =>
        run.isKnown ? (
          <g key={run.from}>
            <path
              d={`${lineOf(run, top)}V${BOTTOM}${baseOf(run)}`}
              className="fill-current stroke-none opacity-25"
            />
            <path d={`${lineOf(run, top)}M${endOf(run)} ${BOTTOM}${baseOf(run)}`} />
          </g>
        ) : (
          <path key={run.from} d={hatchOf(run)} className="opacity-60" />
        ),
      )}
    </svg>
  )
}

const endOf = ({ from, counts }: Run): number => (from + counts.length) * STEP

/** From the end of a run back to its beginning. */
const baseOf = ({ from }: Run): string => `H${from * STEP}`

/** Steps through the counts of a run: none is at the bottom, `top` is at the top. */
function lineOf({ from, counts }: Run, top: number): string {
  const steps = counts.map((count, index) => {
    const y = (1 - count / top) * (HEIGHT - 1) + 0.5
    return `${index === 0 ? 'M' : 'L'}${(from + index) * STEP} ${round(y)}h${STEP}`
  })
  return steps.join('')
}

/** A slanted stroke for every second minute of a run. */
const hatchOf = ({ from, counts }: Run): string =>
  counts
    .map((_, index) => from + index)
    .filter((minute) => minute % 2 === 0)
    .map((minute) => `M${minute * STEP} ${BOTTOM}l3 -5`)
    .join('')

const round = (pixels: number): number => Math.round(pixels * 10) / 10
