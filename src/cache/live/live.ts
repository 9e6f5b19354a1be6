import { hashKey, type QueryCacheNotifyEvent, type QueryClient } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Participant } from '~/domain/participant.ts'
import { openChannel, type Channel } from '~/util/channel.ts'
import { conferencesIn, takeConferences } from '~/cache/queries/conference-list.ts'
import { keys } from '~/cache/queries/keys.ts'
import { lead } from './leadership.ts'
import { NO_PULSE, pulseOfPoll, type Pulse, type Push } from './pulse.ts'
import { keepPush, type KeptPush } from './push.ts'
import { askNow } from '~/cache/queries/query-client.ts'
import { Failures } from '~/cache/queries/retry.ts'
import {
  rosterOf,
  type RosterChange,
  type RosterStore,
  type RosterUpdate,
} from '~/cache/roster/store.ts'
import { unlessInterrupted } from './session.ts'
import type { Sync } from '~/cache/roster/sync.ts'
import { shareQueries } from './tabs.ts'

/** What the tabs of one account tell each other. Trusted: the scope holds the build. */
type Message =
  | { readonly kind: 'hello' }
  | { readonly kind: 'leading' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'learned'; readonly learned: RosterUpdate }
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

/** So many at once are not read within a moment. */
const MANY = 10

/** Looks among what has failed. */
const LOOK = 'look'

const POLL = hashKey(keys.poll)

/**
 * This tab as one of those that share a roster: one leads, and what one has learned all know. The leader polls and
 * listens to push; the others are told.
 */
export class Live {
  readonly #client: QueryClient
  /** What this tab reads when it leads. */
  readonly sync: Sync
  readonly #options: LiveOptions
  readonly #channel: Channel | null
  readonly #stops: readonly (() => void)[]
  #leads = false
  #ledLast = false
  #isHearing = false
  #push: KeptPush | null = null
  #pushState: Push = { kind: 'off' }
  #term = new AbortController()
  #isLooking = false
  readonly #failedLooks = new Failures()
  #looksAgain = false
  #nextLook: ReturnType<typeof setTimeout> | undefined

  constructor(options: LiveOptions) {
    const { client, sync, scope, onLeads } = options
    this.#client = client
    this.sync = sync
    this.#options = options
    this.#channel = openChannel(`rollcall.live.${scope}`, (message) => {
      this.#isHearing = true
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tabs of one scope run one build
        this.#hear(message as Message)
      } finally {
        this.#isHearing = false
      }
    })
    const stopWatching = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated') this.#onUpdate(event)
    })
    const stopHearing = rosterOf(client).subscribe((change) => this.#onRosterChange(change))
    const stopSharing = shareQueries(client, scope)
    this.#tell({ kind: 'hello' })
    // Until the lock is ours somebody else may hold it.
    onLeads(false)
    const stopLeading = unlessInterrupted(() => lead(scope, (leads) => this.#setLeads(leads)))
    this.#stops = [stopLeading, stopWatching, stopHearing, stopSharing, sync.stop]
  }

  /** Polls now, in whichever tab does so. */
  refresh(): void {
    if (this.#leads) this.#refreshHere()
    else this.#tell({ kind: 'refresh' })
  }

  /** Leaves the other tabs for good. */
  stop(): void {
    for (const stop of this.#stops) stop()
    this.#channel?.close()
  }

  #tell(message: Message): void {
    this.#channel?.send(message)
  }

  #hear(message: Message): void {
    const client = this.#client
    switch (message.kind) {
      case 'hello':
        return this.#ledLast ? this.#tellAll() : undefined
      case 'leading':
        this.#ledLast = false
        return
      case 'refresh':
        if (this.#leads) this.#refreshHere()
        return
      case 'learned':
        return rosterOf(client).apply(message.learned, 'tab')
      case 'pulse':
        // Who leads already hears so of rows he has not read himself.
        if (this.#leads) this.sync.lowerReadElsewhere(message.pulse.readSince || Date.now())
        else client.setQueryData<Pulse>(keys.pulse, message.pulse)
        return
      case 'conferences':
        takeConferences(client, message.conferences)
        return this.#doubt(message.conferences)
    }
  }

  #tellAll(): void {
    const roster = rosterOf(this.#client)
    const facts = Array.from(roster.entries(), ({ participant }) => participant)
    this.#tell({ kind: 'learned', learned: learnedOf(roster, facts) })
    this.#tell({ kind: 'pulse', pulse: this.#pulse })
  }

  get #pulse(): Pulse {
    return this.#client.getQueryData<Pulse>(keys.pulse) ?? NO_PULSE
  }

  #setPulse(change: Partial<Pulse>): void {
    const pulse = { ...this.#pulse, ...change, push: this.#pushState }
    this.#client.setQueryData<Pulse>(keys.pulse, pulse)
    this.#tell({ kind: 'pulse', pulse })
  }

  /** Tells of the poll what its query knows. */
  #tellPoll(isAnswer = false): void {
    const { failure, failures, updatedAt, readSince } = this.#pulse
    const own = pulseOfPoll(this.#client)
    this.#setPulse({
      // Who begins to lead may not have polled for long: what is shown is as new as the last leader made it.
      updatedAt: Math.min(Math.max(own.updatedAt, updatedAt), Date.now()),
      // The very first poll knows of nobody but whom it has read; after that only a tick can tell.
      readSince: isAnswer ? own.readSince : readSince || own.readSince,
      // To ask again is no answer: a failure stays until there is one.
      failure: own.failure ?? (isAnswer ? null : failure),
      failures: isAnswer ? 0 : own.failures || failures,
    })
  }

  /** What a look did not come to is known to be missing. A few that were just named are about to be looked at. */
  #tellMissing(atLeast = 0): void {
    const { missing } = this.sync
    const isFall = missing < this.#pulse.missing
    const isRise = missing > this.#pulse.missing && missing >= atLeast
    if (isFall || isRise) this.#setPulse({ missing })
  }

  #setPush(next: Push): void {
    const isLost = this.#pushState.kind === 'open' && next.kind !== 'open' && next.kind !== 'silent'
    this.#pushState = next
    this.sync.relyOnPush(next.kind === 'open')
    this.#setPulse({})
    // Some were last read as long ago as push allowed, which is too long without.
    if (isLost) this.#pollAll()
  }

  #pollAll(): void {
    this.sync.readAllNext()
    this.#pollNow()
  }

  /** An operator asks for it: what was denied may be allowed by now. */
  #refreshHere(): void {
    this.#failedLooks.clear(LOOK)
    this.sync.forgetFailures()
    this.sync.readAllNext()
    void askNow(this.#client, keys.poll)
  }

  /** Sooner than its interval, unless the list is denied: then nothing is asked again by itself. */
  #pollNow(): void {
    const error = this.#client.getQueryState(keys.poll)?.error
    const isDenied = error instanceof ApiError && error.isDenied
    if (!isDenied) void askNow(this.#client, keys.poll)
  }

  /** What conferences give away is looked at soon, many at once. */
  #doubt(conferences: readonly Conference[]): void {
    if (!this.#leads) return
    this.sync.suspect(conferences)
    this.#tellMissing(MANY)
    if (this.sync.suspects > 0) void this.#look()
  }

  /** What calls give away is looked at soon; while the poll fails it is left to the poll, which finds it all. */
  #hearCalls(calls: readonly Call[]): void {
    this.sync.hear(calls)
    if (this.#pulse.failure) return
    if (this.sync.suspects > 0) void this.#look()
    this.#lookForCalls()
  }

  /** Looks for calls that may have joined as soon as that may be, once for all of them. */
  #lookForCalls(): void {
    clearTimeout(this.#nextLook)
    const { wait } = this.sync.calls
    if (!this.#leads || wait === Infinity || this.#pulse.failure) return
    this.#nextLook = setTimeout(() => void this.#look(), wait)
  }

  async #look(): Promise<void> {
    this.#looksAgain = true
    if (this.#isLooking || this.#failedLooks.wait(LOOK) > 0) return
    this.#isLooking = true
    const { signal } = this.#term
    try {
      while (this.#looksAgain && !signal.aborted) {
        this.#looksAgain = false
        const before = this.sync.suspects
        await this.sync.look(signal)
        this.#tellMissing(MANY)
        // A look is a few requests. While they tell something, the rest does not wait for a poll.
        this.#looksAgain ||= this.sync.suspects > 0 && this.sync.suspects < before
        this.#failedLooks.clear(LOOK)
      }
    } catch (error) {
      if (signal.aborted) return
      // The poll asks the same server for the same, and tells how that went. What fails again waits for its turn.
      const isFirst = this.#failedLooks.count(LOOK) === 0
      this.#failedLooks.record(LOOK, error instanceof Error ? error : new Error(String(error)))
      if (isFirst) this.#pollNow()
    } finally {
      this.#isLooking = false
      if (!signal.aborted) this.#tellMissing()
      this.#lookForCalls()
    }
  }

  #setLeads(leads: boolean): void {
    this.#leads = leads
    if (leads) this.#takeOver()
    else this.#makeWay()
    this.#options.onLeads(leads)
  }

  #takeOver(): void {
    const client = this.#client
    this.#term = new AbortController()
    this.#ledLast = true
    this.#tell({ kind: 'leading' })
    this.#tellPoll()
    this.sync.markReadElsewhere(this.#pulse.readSince || Date.now())
    this.#push = keepPush({
      client,
      customerId: this.#options.customerId,
      onPush: (push) => this.#setPush(push),
      onConferences: (conferences) => {
        takeConferences(client, conferences)
        this.#tell({ kind: 'conferences', conferences })
        this.#doubt(conferences)
      },
      onCalls: (calls) => this.#hearCalls(calls),
      onOpen: () => this.#pollAll(),
    })
    // What conferences gave away before this tab led, or joined, nobody has looked at.
    const all = client.getQueryCache().getAll()
    this.#doubt(all.flatMap(({ queryKey }) => conferencesIn(client, queryKey)))
  }

  #makeWay(): void {
    this.#term.abort()
    this.#push?.stop()
    this.#push = null
    this.#pushState = { kind: 'off' }
    this.sync.relyOnPush(false)
    clearTimeout(this.#nextLook)
    void this.#client.cancelQueries({ queryKey: keys.poll })
    void this.#client.cancelQueries({ queryKey: keys.sweep })
  }

  /** What another tab has told is known to the others. */
  #onRosterChange({ facts, origin }: RosterChange): void {
    if (origin === 'tab') return
    this.#tell({ kind: 'learned', learned: learnedOf(rosterOf(this.#client), facts) })
    this.#push?.found(facts)
  }

  #onUpdate({ query, action }: QueryCacheNotifyEvent & { readonly type: 'updated' }): void {
    const isAnswer = action.type === 'success'
    // That it will be asked again is no news.
    if (action.type === 'invalidate') return
    const isPoll = query.queryHash === POLL && this.#leads
    if (isPoll) this.#tellPoll(isAnswer)
    // The poll and the sweep read what is missing, too.
    if (this.#leads && isAnswer) this.#tellMissing(Infinity)
    if (!isAnswer || this.#isHearing) return
    // Whom the last look did not come to, or could not read.
    if (isPoll && this.sync.suspects > 0) void this.#look()
    if (action.manual) return
    const conferences = conferencesIn(this.#client, query.queryKey)
    if (conferences.length === 0) return
    if (this.#leads) this.#doubt(conferences)
    else this.#tell({ kind: 'conferences', conferences })
  }
}

/** An update for the other tabs: these facts, and what is known of the list as a whole. */
const learnedOf = ({ extent }: RosterStore, facts: readonly Participant[]): RosterUpdate => {
  const { coverage, unreadable, isPaused, horizon } = extent
  return { facts, spans: coverage, unreadable, isPaused, horizon }
}
