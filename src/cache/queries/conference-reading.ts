import type { Failure } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Micros } from '~/domain/time.ts'
import { withPage, type BadRow } from './bad-rows.ts'
import { newer } from './conferences.ts'
import type { ReadPage } from './read-page.ts'

/**
 * The conferences that the server lists, as far as they are read: of type `conference`, not deleted
 * (voipbin-api.md 5.2). Each poll reads the newest page and one further page, in rounds. Times are
 * milliseconds since the epoch unless they are `Micros`.
 */
export interface ConferenceList {
  readonly conferences: readonly Conference[]
  readonly unreadable: readonly BadRow[]
  /** Every page was read at least once, so a conference that is absent does not exist. */
  readonly isWhole: boolean
  /** When the newest page was last requested. */
  readonly newestAt: number
  /** Creation time at which the newest page ends: 0 when nothing is older, null when the page did not say. */
  readonly newestFrom: Micros | null
  /** When a further page was last requested. */
  readonly furtherAt: number
  /** Where the current round continues; null starts a round behind the newest page. */
  readonly cursor: Micros | null
  /** Pages read in the current round. */
  readonly pages: number
  /** Conferences without a creation time that the current round has found. */
  readonly timeless: ReadonlySet<string>
  /** Records from events since the last page was requested, by id: that page may be older. */
  readonly recent: ReadonlyMap<string, Told>
  /** Why no further page can be read now; null while nothing fails. */
  readonly stall: Stall | null
}

interface Told {
  readonly conference: Conference
  readonly at: number
}

interface Stall {
  readonly failure: Failure
  readonly failures: number
  /** The next try is not before this time. */
  readonly until: number
}

/** The list before the first read. */
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

/** A page of the list as read. */
interface ListedPage extends ReadPage<Conference> {
  /** The page holds conferences created before this time; null for the newest page. */
  readonly before: Micros | null
  readonly receivedAt: number
}

/**
 * The list after one more page. Within its span the page is the truth as of its request, and the
 * newest page covers all later times too: a held conference in the span that is not on the page is
 * dropped. Records from events since the request are applied again, because the answer may be
 * older.
 */
export function withListed(list: ConferenceList, page: ListedPage): ConferenceList {
  const { records, unreadable, span, before, sentAt, receivedAt } = page
  const recent = new Map(
    // A time in the future was recorded before the clock of this computer was set back.
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
    // The place of a conference without a creation time is unknown: it is dropped when a whole round lacks it.
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

/** The list after an event or a message of another tab. Returns the same list when nothing changes. */
export function withNews(
  list: ConferenceList,
  told: readonly Conference[],
  now: number,
): ConferenceList {
  const held = new Set(list.conferences.map(({ id }) => id))
  // Bridges for a single call arrive by the thousand and are not listed.
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

/** The list after records were read by id: held conferences are updated, none is added. */
export function withRecords(list: ConferenceList, read: readonly Conference[]): ConferenceList {
  const held = new Set(list.conferences.map(({ id }) => id))
  const ours = read.filter(({ id }) => held.has(id))
  return { ...list, conferences: withTold(list.conferences, ours) }
}

/** The record that counts of two records of one conference: a deletion is final. */
const newest = (held: Conference, told: Conference): Conference =>
  held.deletedAt !== null && told.deletedAt === null ? held : newer(held, told)

/** The conferences as the server would list them (voipbin-api.md 5.2); the same array when nothing changes. */
function withTold(
  conferences: readonly Conference[],
  told: readonly Conference[],
): readonly Conference[] {
  const byId = new Map(conferences.map((one) => [one.id, one]))
  for (const conference of told) {
    const held = byId.get(conference.id)
    if (conference.deletedAt !== null) byId.delete(conference.id)
    else if (held) byId.set(conference.id, newer(held, conference))
    // A terminating conference is not new: events arrive in any order, also after the event that removed it.
    else if (conference.type === 'conference' && !conference.status.startsWith('terminat'))
      byId.set(conference.id, conference)
  }
  const next = [...byId.values()]
  const isSame =
    next.length === conferences.length && next.every((one, i) => one === conferences[i])
  return isSame ? conferences : next
}

/** This many pages of the first round are read without a pause; after that, one page a poll. */
const FIRST_PAGES = 30

/** Where the next further page begins; null when none is due. */
function furtherFrom(list: ConferenceList, now: number): Micros | null {
  const from = list.cursor ?? list.newestFrom
  if (!from || (list.stall && now < list.stall.until)) return null
  const isFirstRound = !list.isWhole && list.pages < FIRST_PAGES && !list.stall
  return isFirstRound || list.furtherAt < list.newestAt ? from : null
}

/** Milliseconds until the newest page is due; at most an interval, whatever the clock of this computer does. */
const untilNewest = ({ newestAt }: ConferenceList, now: number, interval: number): number =>
  Math.min(Math.max(newestAt + interval - now, 0), interval)

/** Milliseconds until the next page is due; `pause` is the time between two pages of the first round. */
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
 * Where the page to read now begins; null for the newest page. When no page is due, as at a manual
 * refresh, returns the page that failed, else the newest page.
 *
 * @param interval milliseconds between two polls
 */
export function nextToRead(list: ConferenceList, now: number, interval: number): Micros | null {
  // A page is due half an interval early, because timers are not exact.
  if (untilNewest(list, now, interval) <= interval / 2) return null
  const from = furtherFrom(list, now)
  if (from !== null || !list.stall) return from
  return list.cursor ?? list.newestFrom
}
