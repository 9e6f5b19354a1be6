import { isUnsent, revised, type Action, type ActionKind } from '~/domain/action.ts'
import { openIn } from '~/domain/schedule.ts'
import { openAccountBus } from '~/cache/live/bus.ts'
import { serverNow } from '~/clock.ts'
import { changeOthers, readOthers } from './activity-database.ts'

/** Work that was last touched longer ago is not offered: its conference is over. Milliseconds. */
const OFFER_FOR = 24 * 3600_000

/** What another account of the customer has confirmed and not sent yet: no more of it than taking it over needs. */
export interface OpenWork {
  /** Id of the batch. */
  readonly batch: string
  /** As `accountOf`. */
  readonly account: string
  /** Name of the account that confirmed it. */
  readonly by: string
  readonly kind: ActionKind
  readonly conferenceLabel: string
  readonly count: number
}

/** The open work of all other accounts that use this browser, of the last 24 hours. @throws if storage is forbidden */
export async function readOpenWork(
  customer: string,
  account: string,
): Promise<readonly OpenWork[]> {
  const { actions, batches } = await readOthers(customer, account)
  const byId = new Map(batches.map((batch) => [batch.id, batch]))
  const open = openIn({ actions: new Map(actions.map((one) => [one.id, one])), batches: byId })
  const recent = open.filter(({ touchedAt }) => serverNow() - touchedAt <= OFFER_FOR)
  return recent.flatMap((batch) => {
    const left = actions.filter((one) => one.batch === batch.id && isUnsent(one))
    const [first] = left
    if (!first) return []
    const { kind, by, target } = first
    const { conferenceLabel } = target
    return [
      { batch: batch.id, account: batch.account, by, kind, conferenceLabel, count: left.length },
    ]
  })
}

/**
 * Takes from another account what it has not sent. What was sent and not answered stays with that account. Actions that
 * are taken stay in its activity as taken over and are never sent in its name. Of two accounts that take the same work
 * at once one gets all of it.
 *
 * @param by name of the account that takes it over, for the former one to read
 * @returns what was taken, as it was confirmed
 * @throws if storage is forbidden
 */
export async function takeOpenWork(
  customer: string,
  { batch, account }: OpenWork,
  by: string,
): Promise<readonly Action[]> {
  const taken = await changeOthers(customer, account, ({ actions }) =>
    actions
      .filter((one) => one.batch === batch && isUnsent(one))
      .map((one) => revised(one, { state: 'withdrawn', text: `Taken over by ${by}.` })),
  )
  const bus = openAccountBus(account, () => {})
  bus?.send({ kind: 'activity', entries: taken })
  bus?.close()
  return taken
}
