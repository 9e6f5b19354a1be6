import type { QueryClient } from '@tanstack/react-query'
import { FAILED_OFFLINE, revised, wasSent, type Action } from '~/domain/action.ts'
import type { Left } from '~/domain/schedule.ts'
import { stepsOf } from './kinds.ts'

/** Whether an action was confirmed alone: an operator waits for it, so it is sent at once and fails at once. */
export const isSingle = ({ actions }: Left, { id, batch }: Action): boolean =>
  ![...actions.values()].some((one) => one.batch === batch && one.id !== id)

/** Actions with what records say of them and is not noted yet, however that was learned and whatever the server answered. */
export function factsIn(client: QueryClient, { actions }: Left): readonly Action[] {
  return [...actions.values()].flatMap((action) => {
    const mayMove = wasSent(action) || (action.state === 'failed' && action.sentAt !== null)
    if (action.goneAt !== null || !mayMove) return []
    const noted = stepsOf(action.kind).noted(client, action)
    return noted ? [revised(action, noted)] : []
  })
}

/** Actions confirmed alone and not sent before the network went, as failed: see FAILED_OFFLINE. */
export const offlineIn = (activity: Left, isOurs: (batch: string) => boolean): readonly Action[] =>
  [...activity.actions.values()]
    .filter((one) => one.state === 'waiting' && isOurs(one.batch) && isSingle(activity, one))
    .map((one) => revised(one, FAILED_OFFLINE))
