import type { QueryClient } from '@tanstack/react-query'
import { Burst } from '~/util/burst.ts'
import { perClient } from './per-client.ts'

/**
 * Between two renders in a burst of changes, as while the list is read back. Milliseconds. A change that comes alone is
 * rendered at once.
 */
const BETWEEN = 100

const burstOf = perClient(() => new Burst(BETWEEN))

type Subscribe = (listener: () => void) => () => void

/** The subscription of a component to a store: all that a burst changes in the stores is rendered in few steps. */
export function inBursts(client: QueryClient, subscribe: Subscribe): Subscribe {
  const burst = burstOf(client)
  return (listener) => {
    const stop = subscribe(() => burst.run(listener))
    return () => {
      stop()
      burst.drop(listener)
    }
  }
}
