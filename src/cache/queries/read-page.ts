import type { Participant } from '~/domain/participant.ts'
import { fromMillis, parseTime, toWireTime, type Micros } from '~/domain/time.ts'
import { PAGE_SIZE, type Page } from '~/wire/page.ts'
import { malformed, type Rows } from '~/wire/record.ts'
import { listParticipants } from '~/wire/participants.ts'
import { serverNow } from '~/clock.ts'
import { spanOf, type Span } from './coverage.ts'
import type { Lane, Slots } from './pace.ts'

/** How far the server's clock may be ahead of the estimate. Milliseconds. */
const CLOCK_SLACK = 60_000

/** A page of a list, and the span it covers; null when the page does not tell. */
export interface ReadPage<T> extends Rows<T> {
  readonly span: Span | null
  /** When the page was requested: milliseconds since the epoch, by the clock of this computer. */
  readonly sentAt: number
}

/** How a page is read: paid by which pace, and in which lane it waits. */
export interface Turn {
  readonly pace: Slots
  readonly signal: AbortSignal
  readonly lane: Lane
}

/**
 * Reads one page of a list when the pace allows: newest first, older than `before`; null requests
 * the newest page. Each page ends earlier than it begins, so a list is read in a bounded number of
 * pages whatever its tokens say.
 *
 * @throws ApiError, of kind 'malformed' when the page does not continue from `before`
 */
export async function readPageOf<T extends { readonly createdAt: Micros | null }>(
  /** By the server's token (voipbin-api.md 3). */
  list: (token: string | null, signal: AbortSignal) => Promise<Page<T>>,
  before: Micros | null,
  { pace, signal, lane }: Turn,
): Promise<ReadPage<T>> {
  await pace.acquireSlot(signal, lane)
  const sentAt = Date.now()
  const page = await list(before === null ? null : toWireTime(before), signal)
  const latest = fromMillis(serverNow() + CLOCK_SLACK)
  // A time in the future would cover rows that do not exist yet.
  const times = page.records.flatMap(({ createdAt }) =>
    createdAt === null || createdAt > latest ? [] : [createdAt],
  )
  // A missing or repeated token may be an error, so it does not end the list: only a short page is the last.
  const isLast = page.records.length + page.unreadable.length < PAGE_SIZE
  const span = spanOf({ before, times, next: timeOf(page.next), isLast })
  if (!span && before !== null)
    throw malformed('The server answered with a page that does not go on from the one before.')
  return { records: page.records, unreadable: page.unreadable, span, sentAt }
}

/** Reads one page of participants: see `readPageOf`. */
export const readPage = (before: Micros | null, turn: Turn): Promise<ReadPage<Participant>> =>
  readPageOf(listParticipants, before, turn)

const timeOf = (token: string | null): Micros | null => {
  const at = parseTime(token)
  return at === 'unreadable' ? null : at
}
