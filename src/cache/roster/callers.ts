import {
  focusManager,
  queryOptions,
  skipToken,
  useQuery,
  type QueryClient,
  type QueryFunctionContext,
} from '@tanstack/react-query'
import { use, useSyncExternalStore } from 'react'
import { ApiError } from '~/domain/api-error.ts'
import { callerOf, mergeCaller, type Call, type CallerFact } from '~/domain/call.ts'
import { toWireTime, type Micros } from '~/domain/time.ts'
import { getCall, listCalls } from '~/wire/calls.ts'
import { currentVisit, sessionStore } from '~/wire/session.ts'
import { keys } from '~/cache/queries/keys.ts'
import { pause, turn } from '~/cache/queries/pace.ts'
import { unlessDenied } from '~/cache/queries/query-client.ts'
import { Failures } from '~/cache/queries/retry.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { currentRoster } from './roster.ts'

/** Callers by call id. Who is at the far end of a call does not change (voipbin-api.md 6), so they are kept. */
export type Callers = ReadonlyMap<string, CallerFact>

/** A call somebody wants to know the caller of, and when the participant behind it came. */
export interface Wanted {
  readonly callId: string
  readonly createdAt: Micros | null
}

const NOBODY: Callers = new Map()

/** So many unknown callers are asked for by one window of the list instead of one by one. */
const WORTH_A_WINDOW = 3

/** How many callers are asked for in one round, and how many of them by id: the bucket is not ours. */
const ROUND = 100
const BY_ID_PER_ROUND = 5

/** Milliseconds. */
const FOLLOWING_DELAY = 1000
const NEXT_ROUND = 100
const DAY = 24 * 3600_000

const subscribeFocus = (listener: () => void): (() => void) => focusManager.subscribe(listener)
const isFocused = (): boolean => focusManager.isFocused()

/**
 * The callers known so far; those of `wanted` that are not are fetched, first come first served, round after
 * round until all are known. A call the server no longer has is known as 'gone'.
 */
export function useCallers(wanted: readonly Wanted[]): Callers {
  const { leads } = use(RoleContext)
  const { data: callers = NOBODY } = useQuery(callersQuery)
  const missing = wanted.filter(({ callId }) => !callers.has(callId))
  const isVisible = useSyncExternalStore(subscribeFocus, isFocused)
  useQuery({ ...resolvingQuery(missing, leads), enabled: missing.length > 0 && isVisible })
  return callers
}

/** Rounds that ask for the callers of `missing`, one after the other: what is wanted meanwhile waits for the next. */
export const resolvingQuery = (missing: readonly Wanted[], leads: boolean) =>
  queryOptions({
    queryKey: keys.resolveCallers,
    queryFn: resolving(missing, leads),
    // Until one of them may be asked for.
    refetchInterval: () => {
      const failures = failuresOfSession()
      const soonest = missing.reduce((min, { callId }) => Math.min(min, failures.wait(callId)), DAY)
      return Math.max(NEXT_ROUND, soonest)
    },
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** The callers known so far, for who has none to ask for. */
export const useKnownCallers = (): Callers => useQuery(callersQuery).data ?? NOBODY

const callersQuery = queryOptions<Callers>({
  queryKey: keys.callers,
  queryFn: skipToken,
  gcTime: Infinity,
})

/** One call, for the panel: its state changes, so it is read again while it is looked at. */
export const callQuery = (id: string, pollInterval: number) =>
  queryOptions({
    queryKey: keys.call(id),
    queryFn: async ({ signal, client, queryKey }) => {
      if (client.getQueryData(queryKey)) await turn(signal, 'screen')
      const call = await getCall(id, signal)
      takeCalls(client, [call])
      return call
    },
    refetchInterval: unlessDenied(pollInterval),
  })

/** Apart from who asks: what is made there would keep the callers known by then. */
const resolving =
  (missing: readonly Wanted[], leads: boolean) =>
  async ({ client, signal }: QueryFunctionContext): Promise<true> => {
    // A tab that follows gives the leader time to ask first, and to tell.
    if (!leads) await pause(FOLLOWING_DELAY * (1 + 2 * Math.random()), signal)
    return resolve(client, missing, signal)
  }

/** The list among what failed, under a name that is no id. */
const LIST = 'list'

const failuresOf = new WeakMap<object, Failures>()

/** What failed in the session of now, by call id. */
function failuresOfSession(): Failures {
  const session = sessionStore.get().session ?? currentVisit()
  const failures = failuresOf.get(session) ?? new Failures()
  failuresOf.set(session, failures)
  return failures
}

/**
 * One round: a window of the list where it is worth one, else some by id. What cannot be read waits by the law in
 * retry.ts and keeps nothing else waiting.
 *
 * @throws ApiError when the server turned the session away
 */
async function resolve(
  client: QueryClient,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<true> {
  const held = client.getQueryData<Callers>(keys.callers) ?? NOBODY
  const failures = failuresOfSession()
  const ready = wanted
    .filter(({ callId }) => !held.has(callId) && failures.wait(callId) === 0)
    .slice(0, ROUND)
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
  const learned = new Map<string, CallerFact>()
  if (ready.length >= WORTH_A_WINDOW && failures.wait(LIST) === 0) {
    for (const call of await callsAround(ready, failures, signal))
      learned.set(call.id, callerOf(call))
  }
  if (!ready.some(({ callId }) => learned.has(callId))) {
    for (const { callId } of ready.slice(0, BY_ID_PER_ROUND)) {
      const caller = await callerById(callId, failures, signal)
      if (caller !== undefined) learned.set(callId, caller)
    }
  }
  client.setQueryData<Callers>(keys.callers, (known = NOBODY) => addCallers(client, known, learned))
  return true
}

/** The newest of these calls began before its participant: a window that ends there holds it, and many of the others. */
async function callsAround(
  [newest]: readonly Wanted[],
  failures: Failures,
  signal: AbortSignal,
): Promise<readonly Call[]> {
  await turn(signal, 'callers')
  const before = newest?.createdAt ? toWireTime(newest.createdAt + 1) : null
  const page = await attempt(() => listCalls(before, signal), LIST, failures)
  return page?.records ?? []
}

/** The caller, 'gone' where the server has no such call for us, or undefined when it could not be read. */
async function callerById(
  callId: string,
  failures: Failures,
  signal: AbortSignal,
): Promise<CallerFact | undefined> {
  await turn(signal, 'callers')
  const call = await attempt(
    () => getCall(callId, signal),
    callId,
    failures,
    () => 'gone' as const,
  )
  return call === undefined || call === 'gone' ? call : callerOf(call)
}

/** Asks for something, and notes that it failed. What the server will not answer otherwise is `refused`, if that is given. */
async function attempt<T, R = never>(
  ask: () => Promise<T>,
  key: string,
  failures: Failures,
  refused?: () => R,
): Promise<T | R | undefined> {
  try {
    const answer = await ask()
    failures.clear(key)
    return answer
  } catch (error) {
    // Then no other would be answered either: the whole round waits.
    if (!(error instanceof ApiError) || error.isGeneral) throw error
    // 404 missing, 409 deleted, 403 not ours, 400 no id: an answer all the same, and it will not change.
    if (refused && !error.isTransient) return refused()
    failures.record(key, error)
    return undefined
  }
}

/** Callers of nobody we know that are kept all the same: a call is told of before its participant. */
const STRANGERS = 500

/** Adds what was told of callers; the same map comes back when none of it is news. */
function mergeCallers(known: Callers, told: Iterable<readonly [string, CallerFact]>): Callers {
  let next: Map<string, CallerFact> | undefined
  for (const [id, fact] of told) {
    const held = (next ?? known).get(id)
    const merged = mergeCaller(held, fact)
    if (merged === held) continue
    next ??= new Map(known)
    next.set(id, merged)
  }
  return next ?? known
}

/** The same, and without those of nobody we know once they are many: each call of the customer is told of. */
export function addCallers(
  client: QueryClient,
  known: Callers,
  told: Iterable<readonly [string, CallerFact]>,
): Callers {
  const merged = mergeCallers(known, told)
  const { held } = currentRoster(client)
  // Rarely enough for what it takes: not before there are twice as many strangers as are kept.
  if (merged === known || merged.size < held.size + 2 * STRANGERS) return merged
  const all = [...merged]
  const needed = new Set([...held.values()].map(({ participant }) => participant.referenceId))
  const strangers = all.filter(([id]) => !needed.has(id))
  const forgotten = new Set(strangers.slice(0, -STRANGERS).map(([id]) => id))
  return new Map(all.filter(([id]) => !forgotten.has(id)))
}

/** Takes up what calls that came by another way say of their callers. */
export const takeCalls = (client: QueryClient, calls: readonly Call[]): void => {
  client.setQueryData<Callers>(keys.callers, (known = NOBODY) => {
    const told = calls.map((call) => [call.id, callerOf(call)] as const)
    const next = addCallers(client, known, told)
    // Undefined writes nothing.
    return next === known ? undefined : next
  })
}
