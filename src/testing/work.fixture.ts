import type { QueryClient } from '@tanstack/react-query'
import { run } from '~/actions/jobs.ts'
import type { Job } from '~/actions/job.ts'
import { revised, type Action } from '~/domain/action.ts'

/** A job that waits for nothing, and the action as the work has changed it. */
export function jobOf(client: QueryClient, first: Action, account: string) {
  let action = first
  const update = (change: Partial<Action>): boolean => {
    action = revised(action, change)
    return true
  }
  const job: Job = {
    client,
    action: first,
    account,
    isPatient: false,
    acquireSlot: async () => {},
    written: async () => {},
    mayContinue: async () => true,
    update,
  }
  return { job, update, action: () => action }
}

/** The action after it was checked, sent and settled as the ledger does it. */
export async function workOff(
  client: QueryClient,
  first: Action,
  account: string,
): Promise<Action> {
  const { job, action } = jobOf(client, first, account)
  await run(job)
  return action()
}
