import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { use } from 'react'
import { knownCaller } from '~/domain/call.ts'
import { lookupContact } from '~/wire/contacts.ts'
import { keys } from '~/cache/queries/keys.ts'
import { paceOf } from '~/cache/queries/pace.ts'
import { perClient, perSession } from '~/cache/queries/per-client.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { inRounds } from '~/cache/queries/rounds.ts'
import { useFetching } from '~/cache/queries/use-fetching.ts'
import { useIsVisible } from '~/cache/queries/use-is-visible.ts'
import { callersOf } from './caller-store.ts'
import { ContactBook, numberToLookUp } from './contact-book.ts'

/** Look-ups in one round: what is drawn may be other rows by the next. */
const PER_ROUND = 5

/** A part of the page that draws callers. Each asks for its own. */
type Place = 'table' | 'panel'

/** What is drawn, and where. */
interface Drawn {
  readonly place: Place
  /** The ids of the calls of the callers on the screen. */
  readonly calls: readonly string[]
}

/**
 * Looks up the names of drawn callers whose calls have none: each number once for an account, the answer is applied to
 * the callers and so told to the other tabs.
 *
 * @param calls the ids of their calls; the same array while nothing changes
 * @param isOn whether the installation wants it (`contactLookup` in config.json)
 */
export function useContactNames(calls: readonly string[], isOn: boolean, place: Place): void {
  const client = useQueryClient()
  const { leads } = use(RoleContext)
  const isVisible = useIsVisible()
  const isAny = isOn && isVisible && wantedIn(client, calls).size > 0
  useFetching({ ...contactsQuery(client, { place, calls }, leads), enabled: isAny })
}

/** Looks up the drawn callers without a name, in rounds, and again when a failure or an answer is old enough. */
export const contactsQuery = (client: QueryClient, { place, calls }: Drawn, leads: boolean) =>
  inRounds({
    queryKey: keys.lookUpContacts(place),
    leads,
    round: (_client, signal) => lookUp(client, calls, signal),
    wait: () => soonestOf(client, calls),
  })

const booksOf = perClient(() => perSession(() => new ContactBook()))

/** The book of the current session: another account has other contacts. */
const bookOf = (client: QueryClient): ContactBook => booksOf(client)()

/** The calls without a name, by their number. */
function wantedIn(
  client: QueryClient,
  calls: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const callers = callersOf(client)
  const byNumber = new Map<string, string[]>()
  for (const id of calls) {
    const number = numberToLookUp(callers.get(id))
    if (number !== null) byNumber.set(number, [...(byNumber.get(number) ?? []), id])
  }
  return byNumber
}

/** Milliseconds until there is something to do about these calls; Infinity when there is nothing. */
function soonestOf(client: QueryClient, calls: readonly string[]): number {
  const book = bookOf(client)
  let soonest = Infinity
  for (const [number, ids] of wantedIn(client, calls)) {
    heed(client, book, number, ids)
    const name = book.nameOf(number)
    const isNews = name !== undefined && ids.some((id) => contactOf(client, id) !== name)
    soonest = Math.min(soonest, isNews ? 0 : book.wait(number))
  }
  return soonest
}

/** What another tab was told needs not be asked for. */
function heed(
  client: QueryClient,
  book: ContactBook,
  number: string,
  ids: readonly string[],
): void {
  if (ids.some((id) => contactOf(client, id) === '')) book.heed(number)
}

const contactOf = (client: QueryClient, id: string): string | undefined =>
  knownCaller(callersOf(client).get(id))?.contact

/**
 * One round: applies the answers that are known, and looks up some numbers. A number that cannot be looked up waits by
 * the schedule in retry.ts and does not delay the others.
 *
 * @throws ApiError when any other request would fail too
 */
async function lookUp(
  client: QueryClient,
  calls: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const book = bookOf(client)
  const wanted = wantedIn(client, calls)
  let asked = 0
  for (const [number, ids] of wanted) {
    heed(client, book, number, ids)
    if (book.nameOf(number) === undefined && book.wait(number) === 0 && asked < PER_ROUND) {
      asked += 1
      await book.lookUp(number, async () => {
        await paceOf(client).acquireSlot(signal, 'callers')
        return (await lookupContact(number, signal))?.name ?? ''
      })
    }
    applyName(client, ids, book.nameOf(number))
  }
}

/** Applies the name of a number to its calls, which tells the other tabs. */
function applyName(client: QueryClient, ids: readonly string[], name: string | undefined): void {
  if (name === undefined) return
  const callers = callersOf(client)
  callers.apply(
    ids.flatMap((id) => {
      const caller = knownCaller(callers.get(id))
      return caller ? [[id, { ...caller, contact: name }] as const] : []
    }),
  )
}
