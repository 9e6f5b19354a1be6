import type { MutationOptions, QueryClient } from '@tanstack/react-query'
import { traceOf } from '~/derive/explain.ts'
import type { Action } from '~/domain/action.ts'
import { serverNow } from '~/clock.ts'
import { stepsOf } from './kinds.ts'
import { isTurnedAway, saidBy, type Job } from './job.ts'

/** Settled mutations are kept this long, so that many removals do not fill the cache. Milliseconds. */
const KEPT_FOR = 10_000

/** The action was withdrawn at the last moment, so nothing was sent for it. */
export class TakenBack extends Error {}

/**
 * The request of an action as a mutation: what the row shows while it is under way is set when the mutation begins, and
 * withdrawn or made final by its answer. When it may begin, and what the record says after it, the ledger decides.
 */
const actionMutation = (job: Job): MutationOptions<Partial<Action>, Error, Action> => ({
  mutationKey: ['action', job.action.kind],
  mutationFn: (action, { client }) => stepsOf(action.kind).send(client, action, job.account),
  gcTime: KEPT_FOR,
  onMutate: () => {
    if (!job.update({ state: 'sending', sentAt: serverNow() })) throw new TakenBack()
  },
  onSuccess: (answer) => void job.update({ answeredAt: serverNow(), ...answer }),
  onError: (error) => {
    if (error instanceof TakenBack) return
    const text = saidBy(error)
    const trace = traceOf(error)
    // Turned away before anything was done: it is sent again when that is over.
    job.update(
      isTurnedAway(job, error) ? { state: 'waiting', sentAt: null, text, trace } : { text, trace },
    )
  },
})

/** Sends an action. @throws what the server or the network made of it, or TakenBack */
export const send = (client: QueryClient, job: Job): Promise<Partial<Action>> =>
  client.getMutationCache().build(client, actionMutation(job)).execute(job.action)
