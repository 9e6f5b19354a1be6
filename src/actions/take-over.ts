import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { keys } from '~/cache/keys.ts'
import { readOpenWork, takeOpenWork, type OpenWork } from '~/cache/open-work.ts'
import { permits } from '~/domain/capability.ts'
import { accountOf, customerOf, type Session } from '~/domain/session.ts'
import { within } from '~/util/deadline.ts'
import { actsOf } from './act.ts'
import { Presence } from './presence.ts'

/** Storage that does not answer by then has no work of others. Milliseconds. */
const PATIENCE = 3000

/** How often is looked for work of others, and whether it still waits. Milliseconds. */
const LOOK_EVERY = 30_000
const LOOK_AGAIN_EVERY = 5000

/** What other accounts of the customer have left open in this browser and nobody works on, as far as one may take it over. */
export const othersWorkQuery = (session: Session) =>
  queryOptions({
    queryKey: keys.othersWork(accountOf(session)),
    queryFn: () => waitingWork(session),
    enabled: permits('see', session.permission).allowed,
    refetchInterval: ({ state: { data = [] } }) =>
      data.length > 0 ? LOOK_AGAIN_EVERY : LOOK_EVERY,
    networkMode: 'always',
    retry: false,
  })

async function waitingWork(session: Session): Promise<readonly OpenWork[]> {
  const all = await within(PATIENCE, readOpenWork(customerOf(session), accountOf(session)))
  const mine = all.filter(({ kind }) => permits(kind, session.permission).allowed)
  const accounts = [...new Set(mine.map(({ account }) => account))]
  const busy = new Set<string>()
  for (const account of accounts) if (await isAtWork(account)) busy.add(account)
  return mine.filter(({ account }) => !busy.has(account))
}

/** Whether any tab of this browser works for the account. */
async function isAtWork(account: string): Promise<boolean> {
  const presence = new Presence(account, null)
  try {
    return await presence.isThere(null)
  } finally {
    presence.stop()
  }
}

/**
 * Makes the open work of another account that of this one: confirmed anew, by it, and sent in its name. Nothing is
 * taken while the other account is at work.
 *
 * @param grace how long it can be undone, in milliseconds
 * @throws if storage is forbidden or does not answer
 */
export async function takeOver(
  client: QueryClient,
  session: Session,
  work: OpenWork,
  grace: number,
): Promise<void> {
  if (!(await isAtWork(work.account))) {
    // The deadline is on opening storage only: what is taken is asked for, however late it is written.
    await within(PATIENCE, readOpenWork(customerOf(session), accountOf(session)))
    const taken = await takeOpenWork(customerOf(session), work, session.name)
    const targets = taken.map(({ target }) => target)
    const reason = taken[0]?.reason ?? ''
    if (targets.length > 0) actsOf(client, session).ask({ kind: work.kind, targets, reason, grace })
  }
  await client.invalidateQueries({ queryKey: keys.othersWork(accountOf(session)) })
}
