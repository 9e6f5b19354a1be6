import type { QueryClient } from '@tanstack/react-query'
import { explain, traceOf } from '~/derive/explain.ts'
import { isRepeatable, type Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Recheck } from '~/domain/recheck.ts'
import { serverNow } from '~/clock.ts'
import { isTurnedAway, saidBy, type Job } from './job.ts'
import { notSent } from './kind.ts'
import { stepsOf } from './kinds.ts'
import { send, TakenBack } from './mutation.ts'

/** The result of an attempt: done, stopped before anything was sent, or an error after which it is retried. */
export type Attempt = 'done' | 'stopped' | Error

/** Rechecks the record, and sends the request only if nothing has changed. Never throws: it updates the action. */
export async function run(job: Job): Promise<Attempt> {
  const { client, action, update } = job
  // Both slots before either request, so that nothing can happen between the check and the request.
  await job.acquireSlot()
  await job.acquireSlot()
  if (!(await job.mayContinue())) return 'stopped'
  update({ state: 'sending', sentAt: null, text: '', trace: '' })
  let found: Recheck
  try {
    found = await stepsOf(action.kind).check(client, action)
  } catch (error) {
    return uncheckable(job, error)
  }
  if (found.kind !== 'same') {
    update(notSent(found))
    return 'done'
  }
  const { recheckedAt = null, input = action.input } = found
  if (recheckedAt !== null || input !== action.input) update({ recheckedAt, input })
  const checked = { ...job, action: { ...action, recheckedAt, input } }
  // Stored before the request, so that it is known as sent even if the page closes right after.
  await job.written()
  if (!(await job.mayContinue())) {
    update({ state: 'waiting' })
    return 'stopped'
  }
  try {
    await send(client, checked)
    return 'done'
  } catch (error) {
    if (error instanceof TakenBack) return 'stopped'
    if (isTurnedAway(job, error)) return error
    // After any failure the request may still have taken effect (voipbin-api.md 4.3): the record tells.
    const isOpen = !(error instanceof ApiError) || error.isOpen
    return settle(checked, { said: saidBy(error), isOpen })
  }
}

/** Nothing was sent, because the record could not be rechecked. */
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
      : `Nothing was sent: ${saidBy(error)}`,
    trace: traceOf(error),
  })
  return 'done'
}

interface Settling {
  /** The server's words so far. */
  readonly said?: string
  /** The server did not refuse the request, so an unchanged record does not prove that nothing will happen. */
  readonly isOpen?: boolean
  /**
   * It was interrupted: its page was closed, or the network was lost, before there was an answer. If the record is
   * unchanged, the request never arrived and is sent again.
   */
  readonly isLeft?: boolean
}

/** Reads the record after a request that was not answered as expected, and updates the action. */
export async function settle(
  { client, action, update, isPatient }: Job,
  { said = action.text, isOpen = false, isLeft = false }: Settling,
): Promise<Attempt> {
  // An action not stored as sent may have been sent: its page was closed before that was stored.
  try {
    const found = await stepsOf(action.kind).after(client, action)
    if (isLeft && isRepeatable(action.kind) && found.state === 'failed')
      update({ state: 'waiting', sentAt: null, text: '' })
    else {
      const isUnclear = (isOpen || isLeft) && found.state === 'failed'
      const open = isUnclear ? ({ state: 'unsure' } as const) : {}
      update({ answeredAt: serverNow(), ...found, ...open, text: join(said, found.text) })
    }
    return 'done'
  } catch (error) {
    const isLater =
      error instanceof ApiError &&
      (error.isUnauthenticated || (isPatient && error.kind === 'unreachable'))
    if (isLater) return error
    const again = `Looking again failed too: ${saidBy(error)}`
    update({ state: 'unsure', answeredAt: serverNow(), text: join(said, again) })
    return 'done'
  }
}

const join = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ')

/** Reads the record of a sent action for proof. Returns the change, or the error. */
export async function lookAt(
  client: QueryClient,
  action: Action,
): Promise<Partial<Action> | Error> {
  try {
    const { goneAt = null } = await stepsOf(action.kind).after(client, action)
    return goneAt === null ? {} : { goneAt }
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
