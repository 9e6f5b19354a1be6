import type { QueryClient, QueryFunctionContext, QueryKey } from '@tanstack/react-query'
import { perClient } from './per-client.ts'

/** What a query of this tab has read and the other tabs can use as it is. */
export interface Answer {
  readonly key: QueryKey
  readonly data: unknown
  /** Milliseconds since the epoch. */
  readonly updatedAt: number
}

/** Passes on the answers of the queries that are shared with other tabs. Nothing is kept. */
class Answers {
  readonly #listeners = new Set<(answer: Answer) => void>()

  /** Calls the listener with each answer. Returns the end of it. */
  readonly subscribe = (listener: (answer: Answer) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(answer: Answer): void {
    for (const listener of this.#listeners) listener(answer)
  }
}

/** The answers that the queries of a client read from the server. */
export const answersOf: (client: QueryClient) => Answers = perClient(() => new Answers())

/**
 * A query function whose answers are shared with the other tabs. Each answer must be whole, so that the newest stands
 * for all before it.
 */
export const shared =
  <T>(read: (context: QueryFunctionContext) => Promise<T>) =>
  async (context: QueryFunctionContext): Promise<T> => {
    const { client, queryKey: key, signal } = context
    const data = await read(context)
    // The query drops what comes after it was cancelled.
    if (!signal.aborted) answersOf(client).publish({ key, data, updatedAt: Date.now() })
    return data
  }
