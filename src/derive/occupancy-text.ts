import { zonedText, type Zone } from '~/util/time-text.ts'
import { minuteStart, type Occupancy } from './occupancy.ts'

/** The place of `14:03` in `2026-01-15 14:03:09`. */
const CLOCK = [11, 16] as const

/** An occupancy in words: `now 14, most 17 at 14:03, unknown before 13:20`. */
export function occupancyText({ minute, counts }: Occupancy, zone: Zone): string {
  const at = (index: number): string =>
    zonedText(minuteStart(minute - counts.length + 1 + index), zone).slice(...CLOCK)
  const known = counts.filter((count) => count !== null)
  if (known.length === 0) return 'unknown'
  const now = counts.at(-1) ?? null
  const most = Math.max(...known)
  return [
    `now ${now ?? 'unknown'}`,
    most === 0 ? 'nobody seen' : `most ${most} at ${at(counts.lastIndexOf(most))}`,
    ...gapsOf(counts).map(([from, to]) => {
      if (from === 0) return `unknown before ${at(to)}`
      return to === counts.length
        ? `unknown since ${at(from)}`
        : `unknown from ${at(from)} to ${at(to)}`
    }),
  ].join(', ')
}

/** The runs of unknown minutes: the first minute of each, and the first one after it. */
const gapsOf = (counts: Occupancy['counts']): ReadonlyArray<readonly [from: number, to: number]> =>
  runsOf(counts)
    .filter((run) => !run.isKnown)
    .map((run) => [run.from, run.from + run.counts.length])

/** Minutes on end that are all known, or all unknown: the first one, and their counts. */
export interface Run {
  readonly isKnown: boolean
  readonly from: number
  /** Zero where it is not known. */
  readonly counts: readonly number[]
}

/** The minutes as runs, oldest first: what can be drawn in one stroke. */
export function runsOf(counts: Occupancy['counts']): readonly Run[] {
  const runs: Array<Run & { counts: number[] }> = []
  for (const [index, count] of counts.entries()) {
    const isKnown = count !== null
    const last = runs.at(-1)
    if (last?.isKnown === isKnown) last.counts.push(count ?? 0)
    else runs.push({ isKnown, from: index, counts: [count ?? 0] })
  }
  return runs
}
