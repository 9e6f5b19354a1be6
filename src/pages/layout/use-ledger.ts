import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Ledger } from '~/actions/ledger.ts'
import { currentActivity } from '~/cache/activity/activity.ts'
import { useRemovalLimit } from '~/use-config.ts'
import { isPending } from '~/domain/action.ts'
import type { Session } from '~/domain/session.ts'

/** Runs the ledger while mounted, and asks before the page is closed while actions are open. */
export function useLedger(session: Session): void {
  const client = useQueryClient()
  const limit = useRemovalLimit()
  // A renewed session is the same account: work goes on.
  const [owner] = useState(session)
  // The ledger and the closing of the page are outside React.
  useEffect(() => {
    const ledger = new Ledger({ client, session: owner, limit })
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
  }, [client, owner, limit])
}
