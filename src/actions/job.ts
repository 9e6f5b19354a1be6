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
  /** One of many: what may work later is tried later. An action confirmed alone fails at once, for an operator waits for it. */
  readonly isPatient: boolean
  /** Waits until a request may be sent. */
  readonly acquireSlot: () => Promise<void>
  /** Waits until what was noted so far is kept by the browser, or cannot be in time. */
  readonly written: () => Promise<void>
  /** False once it is paused, taken back, or worked on by another tab or account. */
  readonly mayContinue: () => Promise<boolean>
  /** Notes what it has come to. False, and nothing is noted, once that is not this ledger's to say. */
  readonly update: (change: Partial<Action>) => boolean
}

/** Whether a request was turned away before anything was done for it, and is to be sent again. */
export const isTurnedAway = ({ isPatient }: Job, error: unknown): boolean =>
  error instanceof ApiError && (error.isUnauthenticated || (isPatient && error.status === 429))

/** A failure in one sentence. */
export function saidBy(error: unknown): string {
  const { title } = explain(error)
  return title.endsWith('.') ? title : `${title}.`
}
