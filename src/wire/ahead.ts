import type { Credential } from '~/domain/session.ts'

/** An answer older than that is asked for anew. Milliseconds. */
const LASTS = 5000

/** A GET that was sent before the code that asks for its answer was there. */
interface Ahead {
  readonly credential: Credential
  /** Milliseconds since the epoch. */
  readonly sentAt: number
  readonly answer: Promise<unknown>
  readonly abort: AbortController
}

const sent = new Map<string, Ahead>()

/** Sends a GET, and keeps its answer or failure for the first request of the same address and credential. */
export function keepAhead(
  address: string,
  credential: Credential,
  send: (signal: AbortSignal) => Promise<unknown>,
): void {
  const abort = new AbortController()
  const answer = send(abort.signal)
  // It fails for the request that takes it, or for none.
  answer.catch(() => {})
  sent.set(address, { credential, sentAt: Date.now(), answer, abort })
}

/**
 * What was sent ahead for this request, once: undefined when nothing was, with another credential, or more than 5 s
 * ago. `signal` aborts it like a request of its own.
 */
export function takeAhead(
  address: string,
  credential: Credential | null,
  signal: AbortSignal | undefined,
): Promise<unknown> | undefined {
  const ahead = sent.get(address)
  sent.delete(address)
  if (!ahead || ahead.credential !== credential || Date.now() - ahead.sentAt > LASTS) return
  const stop = () => ahead.abort.abort(signal?.reason)
  if (signal?.aborted) stop()
  else signal?.addEventListener('abort', stop, { once: true })
  return ahead.answer
}
