import type { Failure } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Unreadable } from '~/domain/record.ts'
import type { Micros } from '~/domain/time.ts'
import { withPage, type BadRow } from './bad-rows.ts'
import { newer } from './conferences.ts'
import type { Span } from './coverage.ts'

/**
 * The conferences that the server lists, as far as they were read: of type `conference`, not deleted
 * (voipbin-api.md 5.2). The newest page is read each poll, one further page after it, round and round. Times are
 * milliseconds since the epoch unless they are `Micros`.
 */
export interface ConferenceList {
  readonly conferences: readonly Conference[]
  readonly unreadable: readonly BadRow[]
  /** All back to the oldest was read at least once: absence means absence. */
  readonly isWhole: boolean
  /** When the newest page was last asked for. */
  readonly newestAt: number
  /** Where the newest page ends: 0 when nothing is older, null when it did not say. */
  readonly newestFrom: Micros | null
  /** When a page further back was last asked for. */
  readonly furtherAt: number
  /** Where the present round goes on; null begins one behind the newest page. */
  readonly cursor: Micros | null
  /** Pages of the present round. */
  readonly pages: number
  /** Conferences without a creation time that the present round has met. */
  readonly timeless: ReadonlySet<string>
  /** What was told of conferences since the last page was asked for, by id: a page may be older than that. */
  readonly recent: ReadonlyMap<string, Told>
  /** Why no page further back can be read now; null while all is well. */
  readonly stall: Stall | null
}

interface Told {
  readonly conference: Conference
  readonly at: number
}

interface Stall {
  readonly failure: Failure
  readonly failures: number
  /** Not tried again before. */
  readonly until: number
}

/** Before anything was read. */
export const NO_LIST: ConferenceList = {
  conferences: [],
  unreadable: [],
  isWhole: false,
  newestAt: 0,
  newestFrom: null,
  furtherAt: 0,
  cursor: null,
  pages: 0,
  timeless: new Set(),
  recent: new Map(),
  stall: null,
}

/** A page of the list as it was read. */
interface ListedPage {
  readonly records: readonly Conference[]
  readonly unreadable: readonly Unreadable[]
  readonly span: Span | null
  /** Its conferences were created before that; null for the newest page. */
  readonly before: Micros | null
  readonly sentAt: number
  readonly receivedAt: number
}

/**
 * The list after a page. The page is the truth of the creation times it covers as of when it was asked for, the newest
 * page of all times up to then: what is held there and is not on it has gone from the list. What was told since it
 * was asked for is told once more on top, for the answer may be older.
 */
export function withListed(list: ConferenceList, page: ListedPage): ConferenceList {
  const { records, unreadable, span, before, sentAt, receivedAt } = page
  const recent = new Map(
    // A time that has not come yet is left from before the clock of this computer was set back.
    [...list.recent].filter(([, { at }]) => sentAt <= at && at <= receivedAt),
  )
  const timeless = new Set(list.timeless)
  for (const { id, createdAt } of records) if (createdAt === null) timeless.add(id)
  const isEnd = span?.from === 0
  const round = {
    ...list,
    ...positionAfter(list, page),
    timeless: isEnd ? new Set<string>() : timeless,
  }
  const listed = new Map(records.map((one) => [one.id, one]))
  const isGone = ({ id, createdAt }: Conference): boolean => {
    if (span === null || listed.has(id)) return false
    // Where one without a time belongs is not known: it has gone when a whole round has not met it.
    if (createdAt === null) return isEnd && !timeless.has(id)
    return createdAt >= span.from && (before === null || createdAt < before)
  }
  const kept = list.conferences.filter((one) => !isGone(one))
  const known = new Set(kept.map(({ id }) => id))
  const conferences = [
    ...kept.map((held) => newer(held, listed.get(held.id) ?? held)),
    ...[...listed.values()].filter(({ id }) => !known.has(id)),
  ].toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
  const told = [...recent.values()].map(({ conference }) => conference)
  return {
    ...round,
    conferences: withTold(conferences, told),
    unreadable: withPage(list.unreadable, { unreadable, span }),
    recent,
  }
}

function positionAfter(
  list: ConferenceList,
  { span, before, sentAt }: ListedPage,
): Partial<ConferenceList> {
  const isEnd = span?.from === 0
  const isWhole = list.isWhole || isEnd
  const isNewest = before === null
  const cursor = isEnd ? null : isNewest ? list.cursor : (span?.from ?? null)
  const progress = { isWhole, cursor, ...(isEnd && { pages: 0, stall: null }) }
  return isNewest
    ? { newestAt: sentAt, newestFrom: span?.from ?? null, ...progress }
    : { furtherAt: sentAt, pages: list.pages + 1, stall: null, ...progress }
}

/** The list after an event, or a word of another tab, that came now. The same list when it says nothing. */
export function withNews(
  list: ConferenceList,
  told: readonly Conference[],
  now: number,
): ConferenceList {
  const held = new Set(list.conferences.map(({ id }) => id))
  // Bridges for a single call come by the thousand, and are not listed.
  const ours = told.filter(({ id, type }) => type === 'conference' || held.has(id))
  if (ours.length === 0) return list
  const recent = new Map(list.recent)
  for (const conference of ours) {
    const before = recent.get(conference.id)?.conference
    recent.set(conference.id, {
      conference: before ? newest(before, conference) : conference,
      at: now,
    })
  }
  return { ...list, recent, conferences: withTold(list.conferences, ours) }
}

/** The list after records were read by their ids: what is held of them becomes as new, and nothing is added. */
export function withRecords(list: ConferenceList, read: readonly Conference[]): ConferenceList {
  const held = new Set(list.conferences.map(({ id }) => id))
  const ours = read.filter(({ id }) => held.has(id))
  return { ...list, conferences: withTold(list.conferences, ours) }
}

/** Of two records of one conference the one that counts: what is deleted stays so. */
const newest = (held: Conference, told: Conference): Conference =>
  held.deletedAt !== null && told.deletedAt === null ? held : newer(held, told)

/** The conferences as the server would list them (voipbin-api.md 5.2); the same ones when nothing is news. */
function withTold(
  conferences: readonly Conference[],
  told: readonly Conference[],
): readonly Conference[] {
  const byId = new Map(conferences.map((one) => [one.id, one]))
  for (const conference of told) {
    const held = byId.get(conference.id)
    if (conference.deletedAt !== null) byId.delete(conference.id)
    else if (held) byId.set(conference.id, newer(held, conference))
    // One that is ending is not new: events come in any order, also after the one that took it from the list.
    else if (conference.type === 'conference' && !conference.status.startsWith('terminat'))
      byId.set(conference.id, conference)
  }
  const next = [...byId.values()]
  const isSame =
    next.length === conferences.length && next.every((one, i) => one === conferences[i])
  return isSame ? conferences : next
}

/** So many pages of the first round follow each other at once; a longer list goes on with one a poll. */
const FIRST_PAGES = 30

/** Where the next page further back begins, if one is to be read now; null if not. */
function furtherFrom(list: ConferenceList, now: number): Micros | null {
  const from = list.cursor ?? list.newestFrom
  if (!from || (list.stall && now < list.stall.until)) return null
  const isFirstRound = !list.isWhole && list.pages < FIRST_PAGES && !list.stall
  return isFirstRound || list.furtherAt < list.newestAt ? from : null
}

/** Milliseconds until the newest page is due; at most an interval, whatever the clock of this computer does. */
const untilNewest = ({ newestAt }: ConferenceList, now: number, interval: number): number =>
  Math.min(Math.max(newestAt + interval - now, 0), interval)

/** Milliseconds until the next page is to be read; `pause` is that between two pages of the first round. */
export function untilNext(
  list: ConferenceList,
  now: number,
  interval: number,
  pause: number,
): number {
  const newestIn = untilNewest(list, now, interval)
  return furtherFrom(list, now) === null ? newestIn : Math.min(pause, newestIn)
}

/**
 * Where the page to read now begins; null for the newest page. When it is called before a page is due, as by a refresh
 * by hand, it returns the page that has failed, else the newest page.
 *
 * @param interval milliseconds between two polls
 */
export function nextToRead(list: ConferenceList, now: number, interval: number): Micros | null {
  // Half an interval early is due: the timer is not exact.
  if (untilNewest(list, now, interval) <= interval / 2) return null
  const from = furtherFrom(list, now)
  if (from !== null || !list.stall) return from
  return list.cursor ?? list.newestFrom
}
