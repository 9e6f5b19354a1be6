import type { QueryClient } from '@tanstack/react-query'

/**
 * Gives each query client one of something, made when it is first asked for: what belongs to a session is tied to its
 * client, so that two clients, as in specs, share nothing.
 */
export function perClient<T>(make: (client: QueryClient) => T): (client: QueryClient) => T {
  const all = new WeakMap<QueryClient, { readonly one: T }>()
  return (client) => {
    const { one } = all.get(client) ?? { one: make(client) }
    all.set(client, { one })
    return one
  }
}
