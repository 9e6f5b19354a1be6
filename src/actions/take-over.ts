import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { keys } from '~/cache/queries/keys.ts'
import { readOpenWork, takeOpenWork, type OpenWork } from '~/cache/activity/open-work.ts'
import { permits } from '~/domain/capability.ts'
import { accountOf, customerOf, type Session } from '~/domain/session.ts'
import { within } from '~/util/deadline.ts'
import { actsOf } from './act.ts'
import { Presence } from './presence.ts'

/** Storage that does not answer by then counts as empty. Milliseconds. */
const PATIENCE = 3000

/** Between two reads of the work of others, and while some is open. Milliseconds. */
const READ_EVERY = 30_000
const READ_OPEN_EVERY = 5000

interface WorkOfOther {
  readonly work: OpenWork
  /** A tab of this browser works for its account, or still waits for the answer to a request of it. */
  readonly isAtWork: boolean
}

/** Work that other accounts of the customer have left open in this browser, that no tab works on, and that the session may take over. */
export const othersWorkQuery = (session: Session) =>
  queryOptions({
    queryKey: keys.othersWork(accountOf(session)),
    queryFn: () => workOfOthers(session),
    select: waitingIn,
    enabled: permits('see', session.permission).allowed,
    refetchInterval: ({ state: { data = [] } }) => (data.length > 0 ? READ_OPEN_EVERY : READ_EVERY),
    networkMode: 'always',
    retry: false,
  })

/** The work that no tab works on. */
export const waitingIn = (all: readonly WorkOfOther[]): readonly OpenWork[] =>
  all.filter(({ isAtWork }) => !isAtWork).map(({ work }) => work)

async function workOfOthers(session: Session): Promise<readonly WorkOfOther[]> {
  const all = await within(PATIENCE, readOpenWork(customerOf(session), accountOf(session)))
  const mine = all.filter(({ kind }) => permits(kind, session.permission).allowed)
  const atWork = new Set<string>()
  for (const account of new Set(mine.map((work) => work.account)))
    if (await worksHere(account)) atWork.add(account)
  return mine.map((work) => ({ work, isAtWork: atWork.has(work.account) }))
}

/** Whether any tab of this browser works for the account. */
async function worksHere(account: string): Promise<boolean> {
  const presence = new Presence(account, null)
  try {
    return await presence.isThere(null)
  } finally {
    presence.stop()
  }
}

/**
 * Takes over the open work of another account: this account confirms it anew, and it is sent in its name. Nothing is
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
  if (!(await worksHere(work.account))) {
    // The deadline is on opening storage only: what is taken is submitted, however late it is written.
    await within(PATIENCE, readOpenWork(customerOf(session), accountOf(session)))
    const taken = await takeOpenWork(customerOf(session), work, session.name)
    if (taken.length > 0) actsOf(client, session).retry(taken, grace)
  }
  await client.invalidateQueries({ queryKey: keys.othersWork(accountOf(session)) })
}
