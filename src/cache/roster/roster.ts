import { queryOptions, skipToken, type QueryClient } from '@tanstack/react-query'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import type { Unreadable } from '~/domain/record.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { withPage, type BadRow } from '~/cache/queries/bad-rows.ts'
import { cover, type Coverage, type Span } from '~/cache/queries/coverage.ts'
import { keys } from '~/cache/queries/keys.ts'

/** Everyone we know of, of all conferences of the customer: the API cannot filter (voipbin-api.md quirk 1). */
export interface Roster {
  readonly held: ReadonlyMap<string, RosterEntry>
  /** Rows that could not be read as records. */
  readonly unreadable: readonly BadRow[]
  /** Which stretches of the list were looked at: where it is whole, absence means absence. */
  readonly coverage: Coverage
  /** Somebody stopped reading further back. */
  readonly isPaused: boolean
  /** Who left before this was forgotten: it cannot matter any more. */
  readonly horizon: Micros
  /** What the latest change brought that was not known: for the other tabs. Empty when it came from them. */
  readonly news: readonly Participant[]
}

/** What is held before the first page has come. */
export const EMPTY_ROSTER: Roster = {
  held: new Map(),
  unreadable: [],
  coverage: [],
  isPaused: false,
  horizon: 0,
  news: [],
}

/** Looking for whom to forget takes a moment, so it is done every ten minutes. */
const FORGET_EVERY: Micros = 600_000_000

/** The server ends every participant at 24 h; a minute more for its own delays (voipbin-api.md 4.2). */
const HORIZON = 24 * 3600_000 + 60_000

/** No one created before this can still be in a conference. `now` in milliseconds on the server's clock. */
export const horizonAt = (now: number): Micros => fromMillis(now - HORIZON)

/** The roster itself. Every fact enters by merge, so no writer can undo another; nothing here fetches. */
export const rosterQuery = queryOptions<Roster>({
  queryKey: keys.roster,
  queryFn: skipToken,
  gcTime: Infinity,
})

/** What is held now, for code outside React. */
export const currentRoster = (client: QueryClient): Roster =>
  client.getQueryData<Roster>(keys.roster) ?? EMPTY_ROSTER

/** Something learned, however it came. */
export interface Learned {
  readonly facts?: readonly Participant[]
  readonly spans?: readonly Span[]
  /** What a page of the list said beside its records. */
  readonly page?: { readonly span: Span | null; readonly unreadable: readonly Unreadable[] }
  /** All bad rows, as another tab knows them. */
  readonly unreadable?: readonly BadRow[]
  readonly isPaused?: boolean
  /** No one who came before can still be in a conference. */
  readonly horizon?: Micros
}

/**
 * Takes up what was learned: by a poll, by push, as the answer to a DELETE, from another tab.
 *
 * @param origin 'tab' when another tab told it, so that it is not told back
 */
export function learn(
  client: QueryClient,
  learned: Learned,
  origin: 'server' | 'tab' = 'server',
): void {
  client.setQueryData<Roster>(keys.roster, (roster = EMPTY_ROSTER) => {
    const { page } = learned
    const badRows = learned.unreadable ?? (page && withPage(roster.unreadable, page))
    const spans = [...(learned.spans ?? []), ...(page?.span ? [page.span] : [])]
    const { held, news } = mergeAll(roster.held, learned.facts ?? [])
    const isTime = (learned.horizon ?? 0) - roster.horizon > FORGET_EVERY
    const horizon = isTime ? (learned.horizon ?? 0) : roster.horizon
    const next = {
      held: isTime ? withoutGone(held, horizon) : held,
      horizon,
      unreadable: sameText(badRows, roster.unreadable),
      coverage: spans.reduce(cover, roster.coverage),
      isPaused: learned.isPaused ?? roster.isPaused,
    }
    const isSame =
      next.held === roster.held &&
      next.unreadable === roster.unreadable &&
      next.coverage === roster.coverage &&
      next.isPaused === roster.isPaused &&
      next.horizon === roster.horizon
    // Undefined writes nothing: a write of the same would tell the same news again.
    return isSame ? undefined : { ...next, news: origin === 'server' ? news : [] }
  })
}

/** So that a screen which stays open for days does not grow with each of them. */
const withoutGone = (
  all: ReadonlyMap<string, RosterEntry>,
  horizon: Micros,
): ReadonlyMap<string, RosterEntry> =>
  new Map(
    [...all].filter(
      ([, { participant }]) =>
        !isGone(participant) ||
        participant.createdAt === null ||
        // By when he left, not when he came: an answer from before that may still be under way.
        changedAt(participant) >= horizon,
    ),
  )

/** Takes up facts that came outside the poll: the answer to a DELETE, a record read by its id. */
export const takeFacts = (client: QueryClient, facts: readonly Participant[]): void =>
  learn(client, { facts })

const sameText = <T>(next: T | undefined, before: T): T =>
  next === undefined || JSON.stringify(next) === JSON.stringify(before) ? before : next

/** Folds facts into what is held; the same map comes back when they say nothing new. `news` are those that do. */
export function mergeAll(
  all: ReadonlyMap<string, RosterEntry>,
  facts: readonly Participant[],
): { readonly held: ReadonlyMap<string, RosterEntry>; readonly news: readonly Participant[] } {
  let next: Map<string, RosterEntry> | undefined
  const news: Participant[] = []
  for (const fact of facts) {
    const before = (next ?? all).get(fact.id)
    const after = merge(before, fact)
    if (after === before) continue
    next ??= new Map(all)
    next.set(fact.id, after)
    news.push(fact)
  }
  return { held: next ?? all, news }
}
