import type { QueryClient } from '@tanstack/react-query'
import { providePace } from '~/cache/queries/pace.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'

/** A client whose requests never wait for a slot. */
export function unpacedClient(): QueryClient {
  const client = createQueryClient()
  providePace(client, { acquireSlot: async (signal) => signal.throwIfAborted() })
  return client
}
