import type { QueryClient } from '@tanstack/react-query'
import { applyConferences } from '~/cache/queries/conference-list.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import type { Action, Target } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Call } from '~/domain/call.ts'
import type { Actor, Verdict } from '~/domain/capability.ts'
import type { Conference } from '~/domain/conference.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import type { NotSame, Recheck } from '~/domain/recheck.ts'
import { getCall } from '~/wire/calls.ts'
import { getConference } from '~/wire/conferences.ts'
import { sessionStore } from '~/wire/session.ts'

/** The steps of an action of one kind: the recheck, the request, and the read after it. */
export interface Kind {
  /** Reads the record right before the request. */
  readonly check: (client: QueryClient, action: Action) => Promise<Recheck>
  /** @param account the account in whose name it is sent */
  readonly send: (client: QueryClient, action: Action, account: string) => Promise<Partial<Action>>
  /** Reads the record after anything but a plain yes, and says what became of the action. */
  readonly after: (client: QueryClient, action: Action) => Promise<Partial<Action>>
  /** What the held records say beyond the action; undefined if nothing, absent where none can. */
  readonly noted?: (client: QueryClient, action: Action) => Partial<Action> | undefined
}

export const SAME: Recheck = { kind: 'same' }

/** The account that is signed in now: the server judges the sender, not the account that confirmed it. */
export const actorNow = (): Actor => ({
  permission: sessionStore.get().session?.permission ?? null,
  isAsked: false,
})

/** The last check before a request, by the same table that enables the controls. */
export const guarded = (verdict: Verdict): Recheck =>
  verdict.allowed ? SAME : { kind: 'denied', text: verdict.reason }

const NOT_SENT = { over: 'skipped', changed: 'changed', denied: 'failed' } as const

/** What becomes of an action that was rechecked and not sent. */
export const notSent = ({ kind, text }: NotSame): Partial<Action> => ({
  state: NOT_SENT[kind],
  text,
})

/** What was read; undefined when the server has no such record. @throws ApiError */
export const unlessMissing = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof ApiError && error.isMissing) return undefined
    throw error
  })

export const NO_CALL = 'The server has no such call (any more).'

/** The call as it is now; undefined when it is missing (404) or deleted (409, voipbin-api.md 6). */
export async function readCall(
  client: QueryClient,
  { callId }: Pick<Target, 'callId'>,
): Promise<Call | undefined> {
  try {
    const call = await getCall(callId ?? '')
    callersOf(client).applyCalls([call])
    return call
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 409))
      return undefined
    throw error
  }
}

/** The conference as it is now. */
export async function readConference(client: QueryClient, id: string): Promise<Conference> {
  const now = await getConference(id)
  applyConferences(client, [now])
  return now
}

/** The participant that is connected with the same call under another id: one record per join (voipbin-api.md 4.1). */
export function backFor(
  client: QueryClient,
  { id, referenceId }: Participant,
): Participant | undefined {
  const roster = rosterOf(client)
  return [...roster.ofCall(referenceId ?? '')]
    .flatMap((other) => roster.get(other)?.participant ?? [])
    .find((other) => other.id !== id && !isGone(other))
}
