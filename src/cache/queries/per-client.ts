import type { QueryClient } from '@tanstack/react-query'
import { currentSessionScope, sessionStore } from '~/wire/session.ts'

/** Gives each object one of something, made when it is first asked for, which goes when the object goes. */
function oncePer<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const all = new WeakMap<K, { readonly one: T }>()
  return (key) => {
    const { one } = all.get(key) ?? { one: make(key) }
    all.set(key, { one })
    return one
  }
}

/** What belongs to the data of a client is tied to it, so that two clients, as in specs, share nothing. */
export const perClient = <T>(make: (client: QueryClient) => T): ((client: QueryClient) => T) =>
  oncePer(make)

/** What the server said to one session may not hold for the next. */
export function perSession<T>(make: () => T): () => T {
  const of = oncePer<object, T>(make)
  return () => of(sessionStore.get().session ?? currentSessionScope())
}
