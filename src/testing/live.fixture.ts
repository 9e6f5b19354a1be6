import {
  environmentManager,
  QueryObserver,
  skipToken,
  type QueryClient,
  type QueryObserverOptions,
} from '@tanstack/react-query'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Participant } from '~/domain/participant.ts'
import type { RawRecord } from '~/domain/record.ts'
import { openChannel } from '~/util/channel.ts'
import { stubChannels } from './channel.fixture.ts'
import { json, stubFetch, type Sent } from './fetch.fixture.ts'
import { CUSTOMER, socketRig } from './socket.fixture.ts'
import { keys } from '~/cache/queries/keys.ts'
import { createLocks } from './locks.fixture.ts'
import { Live } from '~/cache/live/live.ts'
import { NO_PULSE, type Pulse } from '~/cache/live/pulse.ts'
import { createQueryClient, unlessDenied } from '~/cache/queries/query-client.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { Sync } from '~/cache/roster/sync.ts'

/** Milliseconds between two polls. */
export const INTERVAL = 3000

/** What the server knows. */
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
  readonly client: QueryClient = createQueryClient()
  /** Whether it leads, as it was told, oldest first. */
  readonly heard: boolean[] = []
  readonly live: Live
  readonly #page: EventTarget & { document: { visibilityState: DocumentVisibilityState } }

  constructor(state: DocumentVisibilityState, scope: string) {
    const { client } = this
    const sync = new Sync(client, INTERVAL)
    const pollWhen = (leads: boolean): QueryObserverOptions<number> => ({
      queryKey: keys.poll,
      queryFn: leads ? ({ signal }) => sync.tick(signal) : skipToken,
      refetchInterval: unlessDenied(INTERVAL),
      staleTime: INTERVAL / 2,
    })
    const poll = new QueryObserver(client, pollWhen(false))
    poll.subscribe(() => {})
    this.#page = Object.assign(new EventTarget(), { document: { visibilityState: state } })
    vi.stubGlobal('window', this.#page)
    this.live = new Live({
      client,
      sync,
      scope,
      customerId: CUSTOMER,
      onLeads: (leads) => {
        this.heard.push(leads)
        poll.setOptions(pollWhen(leads))
      },
    })
  }

  get leads(): boolean {
    return this.heard.at(-1) ?? false
  }

  get roster() {
    return rosterOf(this.client)
  }

  /** Who it knows and how they are. */
  get known(): Readonly<Record<string, string>> {
    const all = [...this.roster.entries()].map(({ participant: { id, status } }) => [id, status])
    return Object.fromEntries(all)
  }

  show(state: DocumentVisibilityState): void {
    this.#page.document.visibilityState = state
    this.#page.dispatchEvent(new Event('visibilitychange'))
  }
}

type Told = readonly { readonly kind?: unknown }[]

/** All that the tabs tell each other from now on. */
export function overhear(): Told {
  const told: { readonly kind?: unknown }[] = []
  openChannel('rollcall.live.here', (message) => {
    if (typeof message === 'object' && message !== null) told.push(message)
  })
  return told
}

/** The kinds of messages. */
export const kindsOf = (told: Told): readonly unknown[] => told.map(({ kind }) => kind)

/** The pulse as a tab knows it. */
export const pulseOf = ({ client }: Tab): Pulse =>
  client.getQueryData<Pulse>(keys.pulse) ?? NO_PULSE

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
    /** What was asked of the server since the last time this was asked. */
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
