import type { QueryClient } from '@tanstack/react-query'
import { explain, traceOf } from '~/derive/explain.ts'
import type { Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Recheck } from '~/domain/recheck.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { KINDS } from './kinds.ts'

/** One action on its way to the server. */
export interface Job {
  readonly client: QueryClient
  readonly action: Action
  /** In whose name it is sent. */
  readonly account: string
  /** One of many: what may work later is tried later. One alone fails at once, for somebody waits for it. */
  readonly isPatient: boolean
  /** Waits until a request may be sent. */
  readonly turn: () => Promise<void>
  /** False once it is paused, taken back, or worked on by another tab or account. */
  readonly mayGoOn: () => Promise<boolean>
  /** Notes what it has come to, as long as it is this ledger's to say. */
  readonly become: (change: Partial<Action>) => void
}

/** How an attempt went: over, nothing done for it was taken back, or to be tried again after this error. */
export type Attempt = 'done' | 'again' | Error

/**
 * Looks once more whether what was confirmed is still so, and only then does it. Never throws: what happened is noted.
 */
export async function work(job: Job): Promise<Attempt> {
  const { client, action, become } = job
  const kind = KINDS[action.kind]
  // Both turns before either request, so that nothing can happen between the look and the deed.
  await job.turn()
  await job.turn()
  if (!(await job.mayGoOn())) return 'again'
  become({ state: 'sending', sentAt: null, text: '', trace: '' })
  let found: Recheck
  try {
    found = await kind.check(client, action)
  } catch (error) {
    return uncheckable(job, error)
  }
  if (found.kind !== 'same') {
    become({ state: NOT_SENT[found.kind], text: found.text })
    return 'done'
  }
  if (!(await job.mayGoOn())) {
    become({ state: 'waiting' })
    return 'again'
  }
  become({ sentAt: serverNow() })
  try {
    const answer = await kind.send(client, action, job.account)
    become({ answeredAt: serverNow(), ...answer })
    return 'done'
  } catch (error) {
    return refused(job, error)
  }
}

/** What becomes of an action that was looked at and not sent. */
const NOT_SENT = { over: 'skipped', changed: 'changed', denied: 'failed' } as const

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
  return settle(job, { said, isOpen: !(error instanceof ApiError) || error.isOpen })
}

/**
 * Finds out what became of something that was sent and not answered as expected.
 *
 * @param said the server's words so far
 * @param isOpen the server did not refuse it: a record that has not moved yet does not say that nothing will happen
 * @param isLeft its page was closed, or the network went, before there was an answer: if nothing has happened, it
 * never arrived and is sent again
 */
export async function settle(
  { client, action, become, isPatient }: Job,
  { said = action.text, isOpen = false, isLeft = false },
): Promise<Attempt> {
  // Even one that is not noted as sent may have been: its page was closed before that was written down.
  try {
    const found = await KINDS[action.kind].after(client, action)
    if (isLeft && found.state === 'failed') become({ state: 'waiting', sentAt: null, text: '' })
    else {
      const open = isOpen && found.state === 'failed' ? ({ state: 'unsure' } as const) : {}
      become({ answeredAt: serverNow(), ...found, ...open, text: join(said, found.text) })
    }
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
