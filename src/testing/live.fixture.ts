import {
  environmentManager,
  QueryObserver,
  skipToken,
  type QueryClient,
  type QueryObserverOptions,
} from '@tanstack/react-query'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Participant } from '~/domain/participant.ts'
import type { PollStatus } from '~/domain/poll-status.ts'
import type { RawRecord } from '~/domain/record.ts'
import { openChannel } from '~/util/channel.ts'
import { stubChannels } from './channel.fixture.ts'
import { json, stubFetch, type Sent } from './fetch.fixture.ts'
import { CUSTOMER, socketRig } from './socket.fixture.ts'
import { keys } from '~/cache/queries/keys.ts'
import { createLocks } from './locks.fixture.ts'
import { Live } from '~/cache/live/live.ts'
import { statusOf } from '~/cache/live/status.ts'
import type { Term } from '~/cache/live/term.ts'
import { pollUnlessForbidden } from '~/cache/queries/query-client.ts'
import { unpacedClient } from './client.fixture.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'

/** Milliseconds between two polls. */
export const INTERVAL = 3000

/** What the server has. */
interface World {
  /** Newest first. */
  participants: readonly Participant[]
  conferences: readonly RawRecord[]
  /** Answers in place of the server. */
  instead: ((request: Sent) => Response | Promise<Response>) | null
}

/** The pages of the list start just below the token, as on the platform (voipbin-api.md 3). */
function answer(
  { participants, conferences, instead }: World,
  request: Sent,
): Response | Promise<Response> {
  if (instead) return instead(request)
  const { url } = request
  const [, , resource = '', id] = url.pathname.split('/')
  const all = resource === 'conferences' ? conferences : participants.map(({ raw }) => raw)
  if (id !== undefined) return json(all.find((raw) => raw['id'] === id) ?? {})
  const before = url.searchParams.get('page_token') ?? '9'
  const rows = all.filter((raw) => String(raw['tm_create']) < before).slice(0, 100)
  return json({ result: rows, next_page_token: rows.at(-1)?.['tm_create'] ?? '' })
}

/** A tab of the browser, with what `useKeepPolling` does in it. */
class Tab {
  readonly client: QueryClient = unpacedClient()
  /** Whether it leads, at each change, oldest first. */
  readonly changes: boolean[] = []
  readonly live: Live
  readonly #page: EventTarget & { document: { visibilityState: DocumentVisibilityState } }

  constructor(state: DocumentVisibilityState, scope: string) {
    const { client } = this
    const pollBy = (term: Term | null): QueryObserverOptions<number> => ({
      queryKey: keys.poll,
      queryFn: term ? ({ signal }) => term.tick(signal) : skipToken,
      refetchInterval: pollUnlessForbidden(INTERVAL),
      staleTime: INTERVAL / 2,
    })
    const poll = new QueryObserver(client, pollBy(null))
    poll.subscribe(() => {})
    this.#page = pageThatIs(state)
    vi.stubGlobal('window', this.#page)
    this.live = new Live({
      client,
      scope,
      customerId: CUSTOMER,
      pollInterval: INTERVAL,
      onTerm: (term) => {
        this.changes.push(term !== null)
        poll.setOptions(pollBy(term))
      },
    })
  }

  get leads(): boolean {
    return this.changes.at(-1) ?? false
  }

  get roster() {
    return rosterOf(this.client)
  }

  get callers() {
    return callersOf(this.client)
  }

  /** Which participants it knows, and their statuses. */
  get known(): Readonly<Record<string, string>> {
    const all = [...this.roster.entries()].map(({ participant: { id, status } }) => [id, status])
    return Object.fromEntries(all)
  }

  show(state: DocumentVisibilityState): void {
    this.#page.document.visibilityState = state
    this.#page.dispatchEvent(new Event('visibilitychange'))
  }
}

/** The window of a page, as far as leading depends on it. */
export const pageThatIs = (visibilityState: DocumentVisibilityState) =>
  Object.assign(new EventTarget(), { document: { visibilityState } })

/** Joins the tabs of a scope with a client of its own, hidden, so that it never leads. Returns the end of it. */
export function joinHidden(client: QueryClient, scope = 'here'): () => void {
  vi.stubGlobal('window', pageThatIs('hidden'))
  const options = { scope, customerId: null, pollInterval: INTERVAL, onTerm: () => {} }
  const live = new Live({ client, ...options })
  return () => live.stop()
}

type Message = { readonly kind?: unknown }

/** All that the tabs of a scope tell each other from now on. */
export function overhear(scope = 'here'): readonly Message[] {
  const messages: Message[] = []
  openChannel(`rollcall.live.${scope}`, (message) => {
    if (typeof message === 'object' && message !== null) messages.push(message)
  })
  return messages
}

/** Tells the tabs of a scope something, as another tab of it. */
export const sendToAll = (message: unknown, scope = 'here'): void =>
  openChannel(`rollcall.live.${scope}`, () => {})?.send(message)

/** The kinds of messages. */
export const kindsOf = (messages: readonly Message[]): readonly unknown[] =>
  messages.map(({ kind }) => kind)

/** The status of the poll as a tab knows it. */
export const statusIn = ({ client }: Tab): PollStatus => statusOf(client).get()

/** A browser with tabs, a server and its sockets, fresh for each spec of the file. */
export function liveRig() {
  const rig = socketRig()
  const tabs: Tab[] = []
  const world: World = { participants: [], conferences: [], instead: null }
  let sent: readonly Sent[] = []
  let seen = 0

  beforeEach(() => {
    stubChannels()
    vi.stubGlobal('navigator', { locks: createLocks() })
    // Without a window the library takes this for a server, and sets no timers.
    environmentManager.setIsServer(() => false)
    Object.assign(world, { participants: [], conferences: [], instead: null })
    seen = 0
    sent = stubFetch((request) => answer(world, request))
  })

  afterEach(() => {
    for (const tab of tabs) {
      tab.live.stop()
      tab.client.clear()
    }
    tabs.length = 0
  })

  return {
    ...rig,
    world,
    /** The paths of the requests since this was last called. */
    asked: (): readonly string[] => {
      const news = sent.slice(seen)
      seen = sent.length
      return news.map(({ url }) => url.pathname + url.search)
    },
    /** Long enough for an answer of the server and the word of it to the other tabs. */
    answered: () => vi.advanceTimersByTimeAsync(1),
    openTab: (state: DocumentVisibilityState = 'visible', scope = 'here'): Tab => {
      const tab = new Tab(state, scope)
      tabs.push(tab)
      return tab
    },
  }
}
