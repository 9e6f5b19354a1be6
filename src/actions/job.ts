import type { QueryClient } from '@tanstack/react-query'
import { explain } from '~/derive/explain.ts'
import type { Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'

/** An action that is being sent, and what the ledger lets it do. */
export interface Job {
  readonly client: QueryClient
  readonly action: Action
  /** The account in whose name it is sent. */
  readonly account: string
  /** One of many: a failure that may pass is retried. An action confirmed alone fails at once, as an operator waits. */
  readonly isPatient: boolean
  /** Waits until a request may be sent. */
  readonly acquireSlot: () => Promise<void>
  /** Waits until all updates are stored, or the deadline of storage has passed. */
  readonly written: () => Promise<void>
  /** False once it is paused, withdrawn, or worked on by another tab or account. */
  readonly mayContinue: () => Promise<boolean>
  /** Updates the action. Returns false, and changes nothing, once the action is not this ledger's any more. */
  readonly update: (change: Partial<Action>) => boolean
}

/** Whether a request was rejected before it could take effect, and is to be sent again. */
export const isTurnedAway = ({ isPatient }: Job, error: unknown): error is ApiError =>
  error instanceof ApiError && (error.isUnauthenticated || (isPatient && error.status === 429))

/** A failure in one sentence. */
export function saidBy(error: unknown): string {
  const { title } = explain(error)
  return title.endsWith('.') ? title : `${title}.`
}
