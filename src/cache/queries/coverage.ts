import type { Micros } from '~/domain/time.ts'

/** A stretch of creation times, both ends included, of which every row the list yields was looked at. */
export interface Span {
  readonly from: Micros
  readonly to: Micros
}

/** All that was looked at: newest first, no two spans touching. */
export type Coverage = readonly Span[]

/** What one page of the list says of creation times. */
export interface PageReach {
  /** The `page_token` it was asked with: its rows are older than that. Null asked for the newest. */
  readonly before: Micros | null
  /** When its rows were created, in any order. Rows without a time do not count. */
  readonly times: readonly Micros[]
  /** Where the server says that the next page starts, if it does. */
  readonly next?: Micros | null
  /** No older row exists. */
  readonly isLast: boolean
}

/**
 * The stretch that a page covers; null when the page says nothing of where it is, because no row of it has a
 * time or the server did not heed the token.
 *
 * The server's cursor is strict (voipbin-api.md 3): had we gone on with its own token, rows that share the
 * microsecond of the last row would be lost. So that microsecond counts as not covered, and the next page
 * starts one microsecond later and meets it again. Only a page that is all one microsecond steps over it: what
 * else shares it, no page can yield.
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
 * The oldest row of a page, by its times, newest first, and by the server's token. Where they disagree, because a
 * time is spoilt or the token stands still, the nearer is believed, but never less than half the page.
 */
function reachOf(times: readonly Micros[], token: Micros | null): Micros | null {
  const [middle, last] = [times[times.length >> 1], times.at(-1)]
  if (middle === undefined || last === undefined) return token
  return token === null ? last : Math.min(Math.max(token, last), middle)
}

/** Adds a span to what is covered. The same list comes back when it says nothing new. */
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

/** Stretches not looked at yet, newest first, down to the horizon. Nothing is known above the newest span. */
export function gaps(coverage: Coverage, horizon: Micros): Coverage {
  return coverage.flatMap(({ from }, index) => {
    const gap = { from: Math.max((coverage[index + 1]?.to ?? -1) + 1, horizon), to: from - 1 }
    return gap.from <= gap.to ? [gap] : []
  })
}

/** Whether all from the horizon to the newest row was looked at: then absence means absence. */
export const isWhole = (coverage: Coverage, horizon: Micros): boolean =>
  coverage.length > 0 && gaps(coverage, horizon).length === 0
