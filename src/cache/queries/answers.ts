import type { QueryFunctionContext, QueryKey } from '@tanstack/react-query'
import { Listeners } from '~/util/listeners.ts'
import { perClient } from './per-client.ts'

/** What a query of this tab has read and the other tabs can use as it is. */
export interface Answer {
  readonly key: QueryKey
  readonly data: unknown
  /** Milliseconds since the epoch. */
  readonly updatedAt: number
}

/** The answers that the queries of a client read from the server and share with other tabs. Nothing is kept. */
export const answersOf = perClient(() => new Listeners<[Answer]>())

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
    if (!signal.aborted) answersOf(client).tell({ key, data, updatedAt: Date.now() })
    return data
  }
