import { ApiError } from '~/domain/api-error.ts'
import type { Participant } from '~/domain/participant.ts'
import type { Unreadable } from '~/domain/record.ts'
import { fromMillis, parseTime, toWireTime, type Micros } from '~/domain/time.ts'
import { PAGE_SIZE } from '~/wire/page.ts'
import { listParticipants } from '~/wire/participants.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { spanOf, type Span } from './coverage.ts'
import { turn, type Rank } from './pace.ts'

/** How far the server's clock may be ahead of our estimate. Milliseconds. */
const CLOCK_SLACK = 60_000

/** A page of the list, and the stretch it covers; null when it does not say which. */
interface ReadPage {
  readonly records: readonly Participant[]
  readonly unreadable: readonly Unreadable[]
  readonly span: Span | null
}

/**
 * Reads one page of the list when the pace allows: newest first, older than `before`; null asks for the newest.
 *
 * @throws ApiError, also when the page does not go on from `before`
 */
export async function readPage(
  before: Micros | null,
  signal: AbortSignal,
  rank: Rank = 'later',
): Promise<ReadPage> {
  await turn(signal, rank)
  const page = await listParticipants(before === null ? null : toWireTime(before), signal)
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
  return { records: page.records, unreadable: page.unreadable, span }
}

const timeOf = (token: string | null): Micros | null => {
  const at = parseTime(token)
  return at === 'unreadable' ? null : at
}
