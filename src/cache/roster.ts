import { queryOptions, skipToken, type QueryClient } from '@tanstack/react-query'
import { merge, type Held } from '~/domain/merge.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import type { Unreadable } from '~/domain/record.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import type { Page } from '~/wire/page.ts'
import { listParticipants } from '~/wire/participants.ts'
import { keys } from './keys.ts'

/** Everyone we know of, of all conferences of the customer: the API cannot filter (voipbin-api.md quirk 1). */
export interface Roster {
  readonly held: ReadonlyMap<string, Held>
  /** Rows of the last walk that could not be read as records. */
  readonly unreadable: readonly Unreadable[]
  readonly sweep: Sweep
}

/** How far back the first walk through the list has come. */
interface Sweep {
  /** Everything up to here was looked at; null before the first page. */
  readonly backTo: Micros | null
  /** True once the walk has reached the end or the horizon: from then on absence means absence. */
  readonly isComplete: boolean
  /** The newest row of the last whole walk: all up to here is held. */
  readonly knownTo: Micros | null
}

/** What is held before the first page has come. */
export const EMPTY_ROSTER: Roster = {
  held: new Map(),
  unreadable: [],
  sweep: { backTo: null, isComplete: false, knownTo: null },
}

/** The server ends every participant at 24 h; a minute more for its own delays (voipbin-api.md 4.2). */
const HORIZON = 24 * 3600_000 + 60_000

/** The roster itself. Every fact enters by merge, so no writer can undo another; nothing here fetches. */
export const rosterQuery = queryOptions<Roster>({
  queryKey: keys.roster,
  queryFn: skipToken,
  gcTime: Infinity,
})

/**
 * The poll that feeds the roster: each fetch walks the list from its head as far as anything can have
 * changed, and every page is in the roster as soon as it arrives. Its own data is only the time it ended.
 *
 * @param pollInterval milliseconds between two walks
 */
export const pollQuery = (client: QueryClient, pollInterval: number) =>
  queryOptions({
    queryKey: keys.poll,
    queryFn: ({ signal }) => walk(client, signal),
    refetchInterval: pollInterval,
    staleTime: pollInterval / 2,
    gcTime: Infinity,
  })

async function walk(client: QueryClient, signal: AbortSignal): Promise<number> {
  const goal = walkGoal(currentRoster(client), Date.now())
  const unreadable: Unreadable[] = []
  let newest: Micros | null = null
  let token: string | null = null
  do {
    const page: Page<Participant> = await listParticipants(token, signal)
    unreadable.push(...page.unreadable)
    newest ??= page.records.find(({ createdAt }) => createdAt !== null)?.createdAt ?? null
    const oldest = page.records.at(-1)?.createdAt ?? null
    token = oldest !== null && oldest < goal ? null : page.next
    update(client, (roster) => withPage(roster, page.records, oldest))
  } while (token !== null)
  update(client, (roster) => withWalkEnd(roster, unreadable, newest))
  return Date.now()
}

/** What is held now, for code outside React. */
export const currentRoster = (client: QueryClient): Roster =>
  client.getQueryData<Roster>(keys.roster) ?? EMPTY_ROSTER

function update(client: QueryClient, change: (roster: Roster) => Roster): void {
  client.setQueryData<Roster>(keys.roster, (roster = EMPTY_ROSTER) => change(roster))
}

/**
 * How far back a walk must go: the first time to the horizon, later only to the oldest row that can still
 * change, and never past the horizon.
 *
 * @param now milliseconds since the epoch
 */
export function walkGoal({ held: all, sweep }: Roster, now: number): Micros {
  const horizon = fromMillis(now - HORIZON)
  if (!sweep.isComplete) return horizon
  let goal = sweep.knownTo ?? horizon
  for (const { participant } of all.values()) {
    if (!isGone(participant)) goal = Math.min(goal, participant.createdAt ?? horizon)
  }
  return Math.max(goal, horizon)
}

function withPage(roster: Roster, records: readonly Participant[], oldest: Micros | null): Roster {
  const { backTo } = roster.sweep
  const reached = oldest === null ? backTo : Math.min(backTo ?? Infinity, oldest)
  const all = mergeAll(roster.held, records)
  if (all === roster.held && reached === backTo) return roster
  return { ...roster, held: all, sweep: { ...roster.sweep, backTo: reached } }
}

function withWalkEnd(
  roster: Roster,
  unreadable: readonly Unreadable[],
  newest: Micros | null,
): Roster {
  const knownTo = newest ?? roster.sweep.knownTo
  const same = JSON.stringify(unreadable) === JSON.stringify(roster.unreadable)
  if (same && roster.sweep.isComplete && knownTo === roster.sweep.knownTo) return roster
  return { ...roster, unreadable, sweep: { ...roster.sweep, isComplete: true, knownTo } }
}

/** Folds facts into what is held; the same map comes back when they say nothing new. */
export function mergeAll(
  all: ReadonlyMap<string, Held>,
  facts: readonly Participant[],
): ReadonlyMap<string, Held> {
  let next: Map<string, Held> | undefined
  for (const fact of facts) {
    const before = (next ?? all).get(fact.id)
    const after = merge(before, fact)
    if (after === before) continue
    next ??= new Map(all)
    next.set(fact.id, after)
  }
  return next ?? all
}

/** Takes up facts that came outside a walk: the answer to a DELETE, a record read by its id. */
export function takeFacts(client: QueryClient, facts: readonly Participant[]): void {
  update(client, (roster) => {
    const all = mergeAll(roster.held, facts)
    return all === roster.held ? roster : { ...roster, held: all }
  })
}
