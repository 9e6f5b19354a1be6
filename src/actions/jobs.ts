import type { QueryClient } from '@tanstack/react-query'
import { takeConferences } from '~/cache/conference-list.ts'
import { currentRoster, takeFacts } from '~/cache/roster.ts'
import { explain, traceOf } from '~/derive/explain.ts'
import { recheck, type Action, type Recheck } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Call } from '~/domain/call.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { getCall, hangUpCall } from '~/wire/calls.ts'
import { deleteConference, getConference } from '~/wire/conferences.ts'
import { deleteParticipant, getParticipant } from '~/wire/participants.ts'
import { serverNow } from '~/wire/server-clock.ts'

/** One action on its way to the server. */
export interface Job {
  readonly client: QueryClient
  readonly action: Action
  /** One of many: what may work later is tried later. One alone fails at once, for somebody waits for it. */
  readonly isPatient: boolean
  /** Waits until a request may be sent. */
  readonly turn: () => Promise<void>
  /** False once somebody has paused it or taken it back. */
  readonly mayGoOn: () => boolean
  /** Notes what it has come to. */
  readonly become: (change: Partial<Action>) => void
}

/** How an attempt went: over, nothing done for it was taken back, or to be tried again after this error. */
export type Attempt = 'done' | 'again' | Error

/** What an action looks at before, sends, and looks at after. */
interface Kind {
  readonly check: (client: QueryClient, action: Action) => Promise<Recheck>
  readonly send: (client: QueryClient, action: Action) => Promise<Partial<Action>>
  /** After anything but a plain yes: what the record says now. */
  readonly after: (client: QueryClient, action: Action) => Promise<Partial<Action>>
}

/**
 * Looks once more whether what was confirmed is still so, and only then does it. Never throws: what happened is noted.
 */
export async function work(job: Job): Promise<Attempt> {
  const { client, action, become } = job
  const kind = KINDS[action.kind]
  await job.turn()
  if (!job.mayGoOn()) return 'again'
  become({ state: 'sending', sentAt: null, text: '', trace: '' })
  let found: Recheck
  try {
    found = await kind.check(client, action)
  } catch (error) {
    return uncheckable(job, error)
  }
  if (found.kind !== 'same') {
    become({ state: found.kind === 'over' ? 'skipped' : 'changed', text: found.text })
    return 'done'
  }
  await job.turn()
  if (!job.mayGoOn()) {
    become({ state: 'waiting' })
    return 'again'
  }
  become({ sentAt: serverNow() })
  try {
    become({ answeredAt: serverNow(), ...(await kind.send(client, action)) })
    return 'done'
  } catch (error) {
    return refused(job, error)
  }
}

/** Nothing was sent, since nobody knows whether it is still so. */
function uncheckable({ become, isPatient }: Job, error: unknown): Attempt {
  const isLater =
    error instanceof ApiError && (error.isUnauthenticated || (isPatient && error.isTransient))
  if (isLater) {
    become({ state: 'waiting', text: explain(error).title, trace: traceOf(error) })
    return error
  }
  const isMissing = error instanceof ApiError && error.isMissing
  become({
    state: isMissing ? 'skipped' : 'failed',
    text: isMissing
      ? 'The server has no such record (any more), so nothing was sent.'
      : `Nothing was sent: ${explain(error).title}.`,
    trace: traceOf(error),
  })
  return 'done'
}

/** After any failure it may have happened all the same (voipbin-api.md 4.3): look, then speak. */
async function refused(job: Job, error: unknown): Promise<Attempt> {
  const { become, isPatient } = job
  const trace = traceOf(error)
  const said = sentence(explain(error).title)
  const isLater =
    error instanceof ApiError && (error.isUnauthenticated || (isPatient && error.status === 429))
  // Turned away before anything was done: it is sent again when that is over.
  if (isLater) {
    become({ state: 'waiting', sentAt: null, text: said, trace })
    return error
  }
  become({ text: said, trace })
  return settle(job, { said })
}

/**
 * Finds out what became of something that was sent and not answered as expected.
 *
 * @param said the server's words so far
 * @param isLeft its page was closed, or the network went, before there was an answer: if nothing has happened, it
 * never arrived and is sent again
 */
export async function settle(
  { client, action, become, isPatient }: Job,
  { said = action.text, isLeft = false },
): Promise<Attempt> {
  if (isLeft && action.sentAt === null) {
    become({ state: 'waiting' })
    return 'done'
  }
  try {
    const found = await KINDS[action.kind].after(client, action)
    if (isLeft && found.state === 'failed') become({ state: 'waiting', sentAt: null, text: '' })
    else become({ answeredAt: serverNow(), ...found, text: join(said, found.text) })
    return 'done'
  } catch (error) {
    const isLater =
      error instanceof ApiError &&
      (error.isUnauthenticated || (isPatient && error.kind === 'unreachable'))
    if (isLater) return error
    const again = `Looking again failed too: ${explain(error).title}.`
    become({ state: 'unsure', answeredAt: serverNow(), text: join(said, again) })
    return 'done'
  }
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

const join = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ')

/** Looks whether what was sent has come true. Returns what was found, or the error. */
export async function lookAt(
  client: QueryClient,
  action: Action,
): Promise<Partial<Action> | Error> {
  try {
    const { goneAt = null } = await KINDS[action.kind].after(client, action)
    return goneAt === null ? {} : { goneAt }
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Removing somebody: DELETE /conferencecalls/{id} (voipbin-api.md 4.3). */
const removal: Kind = {
  check: async (client, { target }) => {
    const now = await readParticipant(client, target.id)
    return recheck(target, now, backFor(client, now))
  },
  send: async (client, { target }) => {
    const answer = await deleteParticipant(target.id)
    takeFacts(client, [answer])
    if (isGone(answer)) return { state: 'accepted', goneAt: toMillis(changedAt(answer)) }
    if (answer.status === 'leaving') return { state: 'accepted', leavingAt: changedAt(answer) }
    return {
      state: 'failed',
      text: `The server took the request but says “${answer.status}”.`,
    }
  },
  after: async (client, { target }) => {
    const now = await readParticipant(client, target.id)
    if (isGone(now)) return { state: 'unsure', goneAt: toMillis(changedAt(now)) }
    if (now.status === 'leaving') return { state: 'unsure', leavingAt: changedAt(now) }
    return { state: 'failed', text: `The record still says ${now.status}.` }
  },
}

/** Ending a call: POST /calls/{id}/hangup, for somebody whom a removal did not get out (voipbin-api.md 4.3). */
const hangUp: Kind = {
  check: async (client, { target }) => {
    const now = await readParticipant(client, target.id)
    const found = recheck(target, now, backFor(client, now))
    // On his way out is what he is hung up for.
    if (found.kind !== 'same' && now.status !== 'leaving') return found
    const call = await getCall(target.callId ?? '')
    if (call.status !== 'hangup') return { kind: 'same' }
    return { kind: 'over', text: 'The call had already ended.' }
  },
  send: async (_client, { target }) => {
    const call = await hangUpCall(target.callId ?? '')
    return { state: 'accepted', ...endOf(call) }
  },
  after: async (client, { target }) => {
    const call = await getCall(target.callId ?? '')
    await readParticipant(client, target.id)
    if (call.status === 'terminating') return { state: 'unsure' }
    return call.status === 'hangup'
      ? { state: 'unsure', ...endOf(call) }
      : { state: 'failed', text: `The call is still ${call.status}.` }
  },
}

const endOf = (call: Call): Partial<Action> =>
  call.status === 'hangup' ? { goneAt: toMillis(call.hangupAt ?? call.updatedAt ?? 0) } : {}

/** Ending a conference: DELETE /conferences/{id} (voipbin-api.md 5.2). */
const end: Kind = {
  check: async (client, { target }) => {
    const now = await readConference(client, target.id)
    if (now.deletedAt !== null || now.status.startsWith('terminat'))
      return { kind: 'over', text: `Was already ${now.status}.` }
    if (conferenceLabel(now) === target.conferenceLabel) return { kind: 'same' }
    return { kind: 'changed', text: `Is called “${conferenceLabel(now)}” now.` }
  },
  send: async (client, { target }) => {
    const answer = await deleteConference(target.id)
    takeConferences(client, [answer])
    return { state: 'accepted', ...terminationOf(answer) }
  },
  after: async (client, { target }) => {
    const now = await readConference(client, target.id)
    const isEnding = now.deletedAt !== null || now.status.startsWith('terminat')
    if (isEnding) return { state: 'unsure', ...terminationOf(now) }
    return { state: 'failed', text: `The record still says ${now.status}.` }
  },
}

/** An empty room never gets to terminated: nobody leaves it who would set that off (voipbin-api.md 5.2). */
function terminationOf(conference: Conference): Partial<Action> {
  const { status, endedAt, deletedAt, updatedAt, participantIds } = conference
  if (status === 'terminated') return { goneAt: toMillis(endedAt ?? updatedAt ?? 0) }
  if (participantIds.length > 0 || deletedAt === null) return {}
  return {
    goneAt: toMillis(deletedAt),
    text: 'The room is empty: the server leaves it at terminating, and never says terminated.',
  }
}

const KINDS: Readonly<Record<Action['kind'], Kind>> = { remove: removal, 'hang-up': hangUp, end }

async function readParticipant(client: QueryClient, id: string): Promise<Participant> {
  const now = await getParticipant(id)
  takeFacts(client, [now])
  return now
}

async function readConference(client: QueryClient, id: string): Promise<Conference> {
  const now = await getConference(id)
  takeConferences(client, [now])
  return now
}

/** Who is there under another id with the same call: one record per join (voipbin-api.md 4.1). */
function backFor(client: QueryClient, { id, referenceId }: Participant): Participant | undefined {
  if (referenceId === null) return undefined
  for (const { participant } of currentRoster(client).held.values()) {
    const isSameCall = participant.referenceId === referenceId && participant.id !== id
    if (isSameCall && !isGone(participant)) return participant
  }
  return undefined
}
