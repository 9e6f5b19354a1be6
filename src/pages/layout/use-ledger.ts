import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Ledger } from '~/actions/ledger.ts'
import { currentActivity } from '~/cache/activity.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import { isPending } from '~/domain/action.ts'

/** Works off what was confirmed while mounted, and asks before somebody leaves in the middle of it. */
export function useLedger(customerId: string): void {
  const client = useQueryClient()
  const limit = useRemovalLimit()
  // The ledger and the closing of the page are outside of React.
  useEffect(() => {
    const ledger = new Ledger({ client, customerId, limit })
    const askFirst = (event: BeforeUnloadEvent) => {
      const { actions, batches } = currentActivity(client)
      const isBusy = [...actions.values()].some(
        (action) => isPending(action) && !batches.get(action.batch)?.paused,
      )
      if (isBusy) event.preventDefault()
    }
    window.addEventListener('beforeunload', askFirst)
    return () => {
      window.removeEventListener('beforeunload', askFirst)
      ledger.stop()
    }
  }, [client, customerId, limit])
}
