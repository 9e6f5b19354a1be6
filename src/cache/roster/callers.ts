import {
  focusManager,
  queryOptions,
  useQuery,
  useQueryClient,
  type QueryClient,
  type QueryFunctionContext,
} from '@tanstack/react-query'
import { use, useSyncExternalStore } from 'react'
import { ApiError } from '~/domain/api-error.ts'
import { callerOf, type Call, type CallerFact } from '~/domain/call.ts'
import { toWireTime, type Micros } from '~/domain/time.ts'
import { getCall, listCalls } from '~/wire/calls.ts'
import { currentSessionScope, sessionStore } from '~/wire/session.ts'
import { shared } from '~/cache/queries/answers.ts'
import { keys } from '~/cache/queries/keys.ts'
import { pause, turn } from '~/cache/queries/pace.ts'
import { unlessDenied } from '~/cache/queries/query-client.ts'
import { Failures } from '~/cache/queries/retry.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { callersOf, type CallerStore } from './caller-store.ts'

/** A call whose caller is to be known, and when its participant came. */
export interface Wanted {
  readonly callId: string
  readonly createdAt: Micros | null
}

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

/** Has the callers of these asked for, first come first served, round after round until all are known. */
export function useResolvedCallers(wanted: Iterable<Wanted>, isAny: boolean): void {
  const { leads } = use(RoleContext)
  const isVisible = useSyncExternalStore(subscribeFocus, isFocused)
  useQuery({ ...resolvingQuery(wanted, leads), enabled: isAny && isVisible })
}

/** The callers known so far; what reads them is drawn anew with each change. */
export function useCallers(): CallerStore {
  const callers = callersOf(useQueryClient())
  useSyncExternalStore(callers.subscribe, () => callers.version)
  return callers
}

/**
 * Rounds that ask for callers, one after the other: what is wanted meanwhile waits for the next.
 *
 * @param wanted read anew by each round, as far as one gets
 */
export const resolvingQuery = (wanted: Iterable<Wanted>, leads: boolean) =>
  queryOptions({
    queryKey: keys.resolveCallers,
    queryFn: resolving(wanted, leads),
    // Until one of them may be asked for.
    refetchInterval: () => {
      const failures = failuresOfSession()
      for (const { callId } of wanted) if (failures.wait(callId) === 0) return NEXT_ROUND
      return Math.min(Math.max(NEXT_ROUND, failures.soonest()), DAY)
    },
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** One call, for the panel: its state changes, so it is read again while it is looked at. */
export const callQuery = (id: string, pollInterval: number) =>
  queryOptions({
    queryKey: keys.call(id),
    queryFn: shared(async ({ signal, client, queryKey }) => {
      if (client.getQueryData(queryKey)) await turn(signal, 'screen')
      const call = await getCall(id, signal)
      callersOf(client).applyCalls([call])
      return call
    }),
    refetchInterval: unlessDenied(pollInterval),
  })

/** Apart from who asks: what is made there would keep the callers known by then. */
const resolving =
  (wanted: Iterable<Wanted>, leads: boolean) =>
  async ({ client, signal }: QueryFunctionContext): Promise<true> => {
    // A tab that follows gives the leader time to ask first, and to tell.
    if (!leads) await pause(FOLLOWING_DELAY * (1 + 2 * Math.random()), signal)
    return resolve(client, wanted, signal)
  }

/** The list among what failed, under a name that is no id. */
const LIST = 'list'

const failuresOf = new WeakMap<object, Failures>()

/** What failed in the session of now, by call id. */
function failuresOfSession(): Failures {
  const session = sessionStore.get().session ?? currentSessionScope()
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
  wanted: Iterable<Wanted>,
  signal: AbortSignal,
): Promise<true> {
  const callers = callersOf(client)
  const failures = failuresOfSession()
  const first: Wanted[] = []
  for (const one of wanted) {
    if (!callers.has(one.callId) && failures.wait(one.callId) === 0) first.push(one)
    if (first.length === ROUND) break
  }
  const ready = first.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
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
  callers.apply(learned)
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
