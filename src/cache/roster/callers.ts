import { queryOptions, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { use, useSyncExternalStore } from 'react'
import { ApiError } from '~/domain/api-error.ts'
import { callerOf, type Call, type CallerFact } from '~/domain/call.ts'
import { toWireTime, type Micros } from '~/domain/time.ts'
import { getCall, listCalls } from '~/wire/calls.ts'
import { shared } from '~/cache/queries/answers.ts'
import { inBursts } from '~/cache/queries/draws.ts'
import { keys } from '~/cache/queries/keys.ts'
import { paceOf, type Slots } from '~/cache/queries/pace.ts'
import { perClient, perSession } from '~/cache/queries/per-client.ts'
import { pollUnlessForbidden } from '~/cache/queries/query-client.ts'
import { Failures } from '~/cache/queries/retry.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { inRounds } from '~/cache/queries/rounds.ts'
import { useFetching } from '~/cache/queries/use-fetching.ts'
import { useIsVisible } from '~/cache/queries/use-is-visible.ts'
import { callersOf, type CallerStore } from './caller-store.ts'
import { rosterOf } from './store.ts'

/** A call with a caller to read, and when its participant was created. */
export interface Wanted {
  readonly callId: string
  readonly createdAt: Micros | null
}

/** From this many unknown callers on, one page of the list is read instead of single records. */
const WORTH_A_WINDOW = 3

/** The most callers requested in one round, and the most read by id: the request budget is shared. */
const ROUND = 100
const BY_ID_PER_ROUND = 5

/** Reads the callers of these calls in order, round after round, until all are known. */
export function useResolvedCallers(wanted: Iterable<Wanted>, isAny: boolean): void {
  const { leads } = use(RoleContext)
  const isVisible = useIsVisible()
  useFetching({ ...resolvingQuery(wanted, leads), enabled: isAny && isVisible })
}

/** Between two reads of the newest calls, in intervals of the poll. */
const EVERY_POLLS = 10

/**
 * Reads the newest calls again while participants are shown: a mute set elsewhere is told by frames only, and those may
 * be missing (voipbin-api.md 9.6).
 *
 * @param pollInterval milliseconds
 */
export function useFreshCalls(pollInterval: number, isAny: boolean): void {
  const isVisible = useIsVisible()
  useFetching({ ...freshCallsQuery(pollInterval), enabled: isAny && isVisible })
}

const freshCallsQuery = (pollInterval: number) =>
  queryOptions({
    queryKey: keys.freshCalls,
    queryFn: async ({ client, signal }) => {
      await paceOf(client).acquireSlot(signal, 'callers')
      const { records } = await listCalls(null, signal)
      const roster = rosterOf(client)
      callersOf(client).applyCalls(records.filter(({ id }) => roster.hasCall(id)))
      return true
    },
    // The callers were read as their participants appeared.
    initialData: true,
    refetchInterval: pollUnlessForbidden(EVERY_POLLS * pollInterval),
    staleTime: EVERY_POLLS * pollInterval,
    // After a look elsewhere the newest state counts.
    refetchOnWindowFocus: 'always',
  })

const subscriptionOf = perClient((client) => inBursts(client, callersOf(client).subscribe))

/** The callers known so far; a component that reads them renders again at each change. */
export function useCallers(): CallerStore {
  const client = useQueryClient()
  const callers = callersOf(client)
  useSyncExternalStore(subscriptionOf(client), () => callers.version)
  return callers
}

/**
 * Reads callers in rounds, one after another; calls added meanwhile wait for the next round.
 *
 * @param wanted iterated anew by each round, as far as the round gets
 */
export const resolvingQuery = (wanted: Iterable<Wanted>, leads: boolean) =>
  inRounds({
    queryKey: keys.resolveCallers,
    leads,
    round: (client, signal) => resolve(client, wanted, signal),
    wait: () => {
      const failures = failuresOfSession()
      for (const { callId } of wanted) if (failures.isReady(callId)) return 0
      return failures.soonest()
    },
  })

/** One call, for the panel: its state changes, so it is read again while it is shown. */
export const callQuery = (id: string, pollInterval: number) =>
  queryOptions({
    queryKey: keys.call(id),
    queryFn: shared(async ({ signal, client, queryKey }) => {
      if (client.getQueryData(queryKey)) await paceOf(client).acquireSlot(signal, 'screen')
      const call = await getCall(id, signal)
      callersOf(client).applyCalls([call])
      return call
    }),
    refetchInterval: pollUnlessForbidden(pollInterval),
  })

/** The key of the list among the failures; it is no valid id. */
const LIST = 'list'

/** The failures of the current session, by call id. */
const failuresOfSession = perSession(() => new Failures())

/** What one round asks with. */
interface Round {
  readonly pace: Slots
  readonly failures: Failures
  readonly signal: AbortSignal
}

/**
 * One round: a page of the list when enough callers are wanted, else some records by id. A call
 * that cannot be read waits by the schedule in retry.ts and does not delay the others.
 *
 * @throws ApiError when the server rejects the session
 */
async function resolve(
  client: QueryClient,
  wanted: Iterable<Wanted>,
  signal: AbortSignal,
): Promise<void> {
  const callers = callersOf(client)
  const failures = failuresOfSession()
  const round = { pace: paceOf(client), failures, signal }
  const first: Wanted[] = []
  for (const one of wanted) {
    if (!callers.has(one.callId) && failures.isReady(one.callId)) first.push(one)
    if (first.length === ROUND) break
  }
  const ready = first.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
  const learned = new Map<string, CallerFact>()
  if (ready.length >= WORTH_A_WINDOW && failures.isReady(LIST)) {
    for (const call of await callsAround(ready, round)) learned.set(call.id, callerOf(call))
  }
  if (!ready.some(({ callId }) => learned.has(callId))) {
    for (const { callId } of ready.slice(0, BY_ID_PER_ROUND)) {
      const caller = await callerById(callId, round)
      if (caller !== undefined) learned.set(callId, caller)
    }
  }
  callers.apply(learned)
}

/**
 * Reads a page that ends at the newest participant: its call began before, so the page holds that
 * call and many of the others.
 */
async function callsAround([newest]: readonly Wanted[], round: Round): Promise<readonly Call[]> {
  const before = newest?.createdAt ? toWireTime(newest.createdAt + 1) : null
  const page = await attempt(LIST, round, (signal) => listCalls(before, signal))
  return page?.records ?? []
}

/** The caller, 'gone' when the server has no such call for this account, or undefined when the read failed. */
const callerById = (callId: string, round: Round): Promise<CallerFact | undefined> =>
  attempt<CallerFact>(
    callId,
    round,
    async (signal) => callerOf(await getCall(callId, signal)),
    'gone',
  )

/**
 * Sends a request when the pace allows, and records its failure. Returns `refused`, if given, for an
 * answer that a retry will not change.
 */
async function attempt<T>(
  key: string,
  { pace, failures, signal }: Round,
  ask: (signal: AbortSignal) => Promise<T>,
  refused?: T,
): Promise<T | undefined> {
  await pace.acquireSlot(signal, 'callers')
  try {
    const answer = await ask(signal)
    failures.clear(key)
    return answer
  } catch (error) {
    // Any other request would fail too, so the whole round waits.
    if (!(error instanceof ApiError) || error.isGeneral) throw error
    // 404 missing, 409 deleted, 403 not ours, 400 no id: an answer that will not change.
    if (refused !== undefined && !error.isTransient) return refused
    failures.record(key, error)
    return undefined
  }
}
