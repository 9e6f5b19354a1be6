import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { failureOf } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Participant } from '~/domain/participant.ts'
import { openChannel } from '~/util/channel.ts'
import { takeConferences, type ConferenceList } from './conferences.ts'
import { keys } from './keys.ts'
import { lead } from './leadership.ts'
import { NO_PULSE, type Pulse, type Push } from './pulse.ts'
import { keepPush, type KeptPush } from './push.ts'
import { askNow } from './query-client.ts'
import { currentRoster, learn, type Learned, type Roster } from './roster.ts'
import type { Sync } from './sync.ts'
import { shareQueries } from './tabs.ts'

/** What the tabs of one account tell each other. Trusted: the scope holds the build. */
type Message =
  | { readonly kind: 'hello' }
  | { readonly kind: 'leading' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'learned'; readonly learned: Learned }
  | { readonly kind: 'pulse'; readonly pulse: Pulse }
  | { readonly kind: 'conferences'; readonly conferences: readonly Conference[] }

/** What a tab needs to join the others. */
export interface LiveOptions {
  readonly client: QueryClient
  readonly sync: Sync
  /** Whose tabs work together: installation, account and build. */
  readonly scope: string
  readonly customerId: string | null
  /** Hears whether this tab polls for all. */
  readonly onLeads: (leads: boolean) => void
}

/** All tabs of a scope, as one of them sees them. */
export interface Live {
  /** Polls now, in whichever tab does so. */
  readonly refresh: () => void
  readonly stop: () => void
}

const [ROSTER, POLL, CONFERENCES] = [keys.roster, keys.poll, keys.conferences].map((key) =>
  hashKey(key),
)

/**
 * Makes this tab one of those that share a roster: one leads, and what one has learned all know. The leader polls
 * and listens to push; the others are told.
 */
export function startLive(options: LiveOptions): Live {
  const { client, sync, scope, customerId, onLeads } = options
  let leads = false
  let ledLast = false
  let isHearing = false
  let push: KeptPush | null = null
  let pushState: Push = { kind: 'off' }
  let term = new AbortController()
  const channel = openChannel(`rollcall.live.${scope}`, (message) => {
    isHearing = true
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tabs of one scope run one build
      hear(message as Message)
    } finally {
      isHearing = false
    }
  })
  const tell = (message: Message) => channel?.send(message)
  const pulse = () => client.getQueryData<Pulse>(keys.pulse) ?? NO_PULSE

  function hear(message: Message): void {
    switch (message.kind) {
      case 'hello':
        return ledLast ? tellAll() : undefined
      case 'leading':
        ledLast = false
        return
      case 'refresh':
        if (leads) void askNow(client, keys.poll)
        return
      case 'learned':
        return learn(client, message.learned, 'tab')
      case 'pulse':
        if (!leads) client.setQueryData<Pulse>(keys.pulse, message.pulse)
        return
      case 'conferences':
        takeConferences(client, message.conferences)
        return doubt(message.conferences)
    }
  }

  function tellAll(): void {
    const roster = currentRoster(client)
    const facts = [...roster.held.values()].map(({ participant }) => participant)
    tell({ kind: 'learned', learned: learnedOf(roster, facts) })
    tell({ kind: 'pulse', pulse: pulse() })
  }

  function setPulse(change: Partial<Pulse>): void {
    const next = { ...pulse(), ...change, push: pushState }
    client.setQueryData<Pulse>(keys.pulse, next)
    tell({ kind: 'pulse', pulse: next })
  }

  /** Tells of the poll what its query knows. */
  function tellPoll(): void {
    const state = client.getQueryState(keys.poll)
    if (!state) return
    const failure = state.fetchFailureReason ?? state.error
    setPulse({
      // Who begins to lead may not have polled for long: what is shown is as new as the last leader made it.
      updatedAt: Math.max(state.dataUpdatedAt, pulse().updatedAt),
      failure: failure && failureOf(failure),
      failures: state.fetchFailureCount,
    })
  }

  function setPush(next: Push): void {
    pushState = next
    setPulse({})
  }

  /** What a conference gives away is looked at soon, many at once. What fails here the next poll meets again. */
  function doubt(conferences: readonly Conference[]): void {
    if (!leads) return
    sync.suspect(conferences)
    if (sync.hasSuspects) void look()
  }

  let isLooking = false
  let looksAgain = false
  async function look(): Promise<void> {
    looksAgain = true
    if (isLooking) return
    isLooking = true
    const { signal } = term
    try {
      while (looksAgain && !signal.aborted) {
        looksAgain = false
        await sync.look(signal)
      }
    } catch {
      // Reported by the poll, which asks the same server for the same.
    } finally {
      isLooking = false
    }
  }

  function startPush(): void {
    push = keepPush({
      client,
      customerId,
      onPush: setPush,
      onConferences(conferences) {
        takeConferences(client, conferences)
        tell({ kind: 'conferences', conferences })
        doubt(conferences)
      },
      onOpen: () => void askNow(client, keys.poll),
    })
  }

  function setLeads(next: boolean): void {
    leads = next
    if (leads) {
      term = new AbortController()
      ledLast = true
      tell({ kind: 'leading' })
      tellPoll()
      startPush()
    } else {
      term.abort()
      push?.stop()
      push = null
      pushState = { kind: 'off' }
      void client.cancelQueries({ queryKey: keys.poll })
      void client.cancelQueries({ queryKey: keys.sweep })
    }
    onLeads(leads)
  }

  const stopWatching = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return
    const { queryHash, queryKey } = event.query
    const isPoll = queryHash === POLL && leads
    if (isPoll) tellPoll()
    if (event.action.type !== 'success' || isHearing) return
    // Whom the last look did not come to, or could not read.
    if (isPoll && sync.hasSuspects) void look()
    if (queryHash === ROSTER) {
      const roster = currentRoster(client)
      tell({ kind: 'learned', learned: learnedOf(roster, roster.news) })
      push?.found(roster.news)
    }
    if (event.action.manual) return
    const conferences = conferencesIn(client, queryKey)
    if (conferences.length === 0) return
    if (leads) doubt(conferences)
    else tell({ kind: 'conferences', conferences })
  })

  const stopSharing = shareQueries(client, scope)
  tell({ kind: 'hello' })
  // Until the lock is ours somebody else may hold it.
  onLeads(false)
  const stopLeading = lead(scope, setLeads)
  return {
    refresh: () => (leads ? void askNow(client, keys.poll) : tell({ kind: 'refresh' })),
    stop() {
      stopLeading()
      stopWatching()
      stopSharing()
      channel?.close()
    },
  }
}

/** The conferences that a query has just read, if it is one that reads conferences. */
function conferencesIn(client: QueryClient, key: QueryKey): readonly Conference[] {
  if (hashKey(key) === CONFERENCES) {
    return client.getQueryData<ConferenceList>(key)?.conferences ?? []
  }
  const conference = key[0] === 'conference' && client.getQueryData<Conference>(key)
  return conference ? [conference] : []
}

/** A roster as something to learn: these facts, and the rest of it. */
const learnedOf = (roster: Roster, facts: readonly Participant[]): Learned => {
  const { coverage, unreadable, isPaused, horizon } = roster
  return { facts, spans: coverage, unreadable, isPaused, horizon }
}
