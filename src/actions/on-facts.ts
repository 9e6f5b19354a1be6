import { hashKey, type QueryClient } from '@tanstack/react-query'
import { keys } from '~/cache/queries/keys.ts'

/** Wakes when records that actions are judged by have changed. */
export function onFacts(client: QueryClient, wake: () => void): () => void {
  const roster = hashKey(keys.roster)
  return client.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.queryHash === roster) wake()
  })
}
