import type { QueryClient } from '@tanstack/react-query'
import { explain, traceOf } from '~/derive/explain.ts'
import type { Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Recheck } from '~/domain/recheck.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { isTurnedAway, saidBy, type Job } from './job.ts'
import { KINDS } from './kinds.ts'
import { send, TakenBack } from './mutation.ts'

/** How an attempt went: it is over, it was stopped before anything was sent, or it is to be tried again after an error. */
export type Attempt = 'done' | 'stopped' | Error

/** Checks once more whether what was confirmed is still so, and only then sends it. Never throws: it notes what happened. */
export async function run(job: Job): Promise<Attempt> {
  const { client, action, update } = job
  // Both slots before either request, so that nothing can happen between the check and the request.
  await job.acquireSlot()
  await job.acquireSlot()
  if (!(await job.mayContinue())) return 'stopped'
  update({ state: 'sending', sentAt: null, text: '', trace: '' })
  let found: Recheck
  try {
    found = await KINDS[action.kind].check(client, action)
  } catch (error) {
    return uncheckable(job, error)
  }
  if (found.kind !== 'same') {
    update({ state: NOT_SENT[found.kind], text: found.text })
    return 'done'
  }
  // What was sent must be known to have been sent, even if the page is closed the moment after.
  await job.written()
  if (!(await job.mayContinue())) {
    update({ state: 'waiting' })
    return 'stopped'
  }
  try {
    await send(client, job)
    return 'done'
  } catch (error) {
    if (error instanceof TakenBack) return 'stopped'
    if (error instanceof ApiError && isTurnedAway(job, error)) return error
    // After any failure it may have happened all the same (voipbin-api.md 4.3): the record tells.
    const isOpen = !(error instanceof ApiError) || error.isOpen
    return settle(job, { said: saidBy(error), isOpen })
  }
}

/** What becomes of an action that was checked and not sent. */
const NOT_SENT = { over: 'skipped', changed: 'changed', denied: 'failed' } as const

/** Nothing was sent, since it could not be checked whether it is still so. */
function uncheckable({ update, isPatient }: Job, error: unknown): Attempt {
  const isLater =
    error instanceof ApiError && (error.isUnauthenticated || (isPatient && error.isTransient))
  if (isLater) {
    update({ state: 'waiting', text: explain(error).title, trace: traceOf(error) })
    return error
  }
  const isMissing = error instanceof ApiError && error.isMissing
  update({
    state: isMissing ? 'skipped' : 'failed',
    text: isMissing
      ? 'The server has no such record (any more), so nothing was sent.'
      : `Nothing was sent: ${explain(error).title}.`,
    trace: traceOf(error),
  })
  return 'done'
}

interface Settling {
  /** The server's words so far. */
  readonly said?: string
  /** The server did not refuse it: a record that has not moved yet does not say that nothing will happen. */
  readonly isOpen?: boolean
  /**
   * It was left in the middle: its page was closed, or the network went, before there was an answer. If nothing has
   * happened it never arrived, and is sent again.
   */
  readonly isLeft?: boolean
}

/** Reads the record of an action that was sent and not answered as expected, and notes what became of it. */
export async function settle(
  { client, action, update, isPatient }: Job,
  { said = action.text, isOpen = false, isLeft = false }: Settling,
): Promise<Attempt> {
  // Even one that is not noted as sent may have been: its page was closed before that was written down.
  try {
    const found = await KINDS[action.kind].after(client, action)
    if (isLeft && found.state === 'failed') update({ state: 'waiting', sentAt: null, text: '' })
    else {
      const open = isOpen && found.state === 'failed' ? ({ state: 'unsure' } as const) : {}
      update({ answeredAt: serverNow(), ...found, ...open, text: join(said, found.text) })
    }
    return 'done'
  } catch (error) {
    const isLater =
      error instanceof ApiError &&
      (error.isUnauthenticated || (isPatient && error.kind === 'unreachable'))
    if (isLater) return error
    const again = `Looking again failed too: ${explain(error).title}.`
    update({ state: 'unsure', answeredAt: serverNow(), text: join(said, again) })
    return 'done'
  }
}

const join = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ')

/** Reads the record of what was sent for proof. Returns the change, or the error. */
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
