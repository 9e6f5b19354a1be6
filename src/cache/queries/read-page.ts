import { ApiError } from '~/domain/api-error.ts'
import type { Participant } from '~/domain/participant.ts'
import type { Unreadable } from '~/domain/record.ts'
import { fromMillis, parseTime, toWireTime, type Micros } from '~/domain/time.ts'
import { PAGE_SIZE, type Page } from '~/wire/page.ts'
import { listParticipants } from '~/wire/participants.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { spanOf, type Span } from './coverage.ts'
import { turn, type Lane } from './pace.ts'

/** How far the server's clock may be ahead of our estimate. Milliseconds. */
const CLOCK_SLACK = 60_000

/** A page of a list, and the stretch it covers; null when it does not say which. */
interface ReadPage<T> {
  readonly records: readonly T[]
  readonly unreadable: readonly Unreadable[]
  readonly span: Span | null
  /** When it was asked for: milliseconds since the epoch, by the clock of this computer. */
  readonly sentAt: number
}

/** One page of a list by the server's own token (voipbin-api.md 3). */
type Lister<T> = (token: string | null, signal: AbortSignal) => Promise<Page<T>>

/**
 * Reads one page of a list when the pace allows: newest first, older than `before`; null asks for the newest. Each
 * page ends further back than it begins, so a list is read in a bounded number of pages whatever its tokens say.
 *
 * @throws ApiError, of kind 'malformed' when the page does not go on from `before`
 */
export async function readPageOf<T extends { readonly createdAt: Micros | null }>(
  list: Lister<T>,
  before: Micros | null,
  signal: AbortSignal,
  lane: Lane,
): Promise<ReadPage<T>> {
  await turn(signal, lane)
  const sentAt = Date.now()
  const page = await list(before === null ? null : toWireTime(before), signal)
  const latest = fromMillis(serverNow() + CLOCK_SLACK)
  // A time that has not come yet would cover all that comes until then.
  const times = page.records.flatMap(({ createdAt }) =>
    createdAt === null || createdAt > latest ? [] : [createdAt],
  )
  // A token that is missing or repeats may be a mistake: we go on without it, and only a short page is the last.
  const isLast = page.records.length + page.unreadable.length < PAGE_SIZE
  const span = spanOf({ before, times, next: timeOf(page.next), isLast })
  if (!span && before !== null) {
    const message = 'The server answered with a page that does not go on from the one before.'
    throw new ApiError({ kind: 'malformed', message })
  }
  return { records: page.records, unreadable: page.unreadable, span, sentAt }
}

/** One page of the participants: see `readPageOf`. */
export const readPage = (
  before: Micros | null,
  signal: AbortSignal,
  lane: Lane,
): Promise<ReadPage<Participant>> => readPageOf(listParticipants, before, signal, lane)

const timeOf = (token: string | null): Micros | null => {
  const at = parseTime(token)
  return at === 'unreadable' ? null : at
}
