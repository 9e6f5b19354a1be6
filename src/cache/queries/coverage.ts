import type { Micros } from '~/domain/time.ts'

/** A span of creation times, both ends included, of which every row that the list yields was read. */
export interface Span {
  readonly from: Micros
  readonly to: Micros
}

/** All spans that were read: newest first, no two spans touching. */
export type Coverage = readonly Span[]

/** What one page of the list says of creation times. */
export interface PageReach {
  /** The `page_token` of the request: all rows of the page are older. Null requests the newest page. */
  readonly before: Micros | null
  /** Creation times of its rows, in any order. Rows without a time are left out. */
  readonly times: readonly Micros[]
  /** Where the next page starts according to the server. */
  readonly next?: Micros | null
  /** No older row exists. */
  readonly isLast: boolean
}

/**
 * The span that a page covers; null when the page does not tell its position, because none of its
 * rows has a time or the server ignored the token.
 *
 * The server's cursor is strict (voipbin-api.md 3): reading on with its own token would lose rows
 * that share the microsecond of the last row. So that microsecond counts as not covered, and the
 * next page starts one microsecond later and holds it again. Only a page of rows that all share
 * one microsecond steps over it, because no page can yield the other rows of that microsecond.
 */
export function spanOf({ before, times, next = null, isLast }: PageReach): Span | null {
  const isInside = (at: Micros | null): at is Micros => at !== null && at < (before ?? Infinity)
  const inside = times.filter(isInside).toSorted((a, b) => b - a)
  const oldest = reachOf(inside, isInside(next) ? next : null)
  const to = before === null ? (inside[0] ?? oldest ?? 0) : before - 1
  if (isLast) return { from: 0, to }
  if (oldest === null) return null
  return { from: oldest < to ? oldest + 1 : oldest, to }
}

/**
 * The oldest time of a page, by its times (newest first) and by the server's token. When they
 * differ, because a time is wrong or the token repeats, the later one counts, but at least half the
 * page is covered.
 */
function reachOf(times: readonly Micros[], token: Micros | null): Micros | null {
  const [middle, last] = [times[times.length >> 1], times.at(-1)]
  if (middle === undefined || last === undefined) return token
  return token === null ? last : Math.min(Math.max(token, last), middle)
}

/** Adds a span to the coverage. Returns the same list when the span is already covered. */
export function cover(coverage: Coverage, span: Span): Coverage {
  if (coverage.some(({ from, to }) => from <= span.from && span.to <= to)) return coverage
  const apart = coverage.filter(({ from, to }) => to < span.from - 1 || span.to < from - 1)
  const touched = coverage.filter((one) => !apart.includes(one))
  const whole = {
    from: Math.min(span.from, ...touched.map(({ from }) => from)),
    to: Math.max(span.to, ...touched.map(({ to }) => to)),
  }
  return [...apart, whole].toSorted((a, b) => b.to - a.to)
}

/** The spans not read yet, newest first, down to the horizon. Above the newest span nothing is known. */
export function gaps(coverage: Coverage, horizon: Micros): Coverage {
  return coverage.flatMap(({ from }, index) => {
    const gap = { from: Math.max((coverage[index + 1]?.to ?? -1) + 1, horizon), to: from - 1 }
    return gap.from <= gap.to ? [gap] : []
  })
}

/** Whether every time from the horizon to the newest row was read, so that absence means absence. */
export const isWhole = (coverage: Coverage, horizon: Micros): boolean =>
  coverage.length > 0 && gaps(coverage, horizon).length === 0
