import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import type { PushStatus } from '~/domain/poll-status.ts'
import { heldConferences } from '~/cache/queries/conference-list.ts'
import { keys } from '~/cache/queries/keys.ts'
import { askNow } from '~/cache/queries/query-client.ts'
import { rosterOf, type RosterChange } from '~/cache/roster/store.ts'
import { Sync } from '~/cache/roster/sync.ts'
import { keepPush, type PushOptions } from './push.ts'
import { RecheckLoop } from './recheck-loop.ts'
import { statusOf, type StatusStore } from './status.ts'

/** So many participants at once are not read within a moment. */
const MANY = 10

export interface TermOptions extends Pick<
  PushOptions,
  'client' | 'customerId' | 'onConferences' | 'onRecordings'
> {
  /** Milliseconds between two polls. */
  readonly pollInterval: number
}

/** What a tab does for as long as it leads: it polls, listens to push and reads again what both give away. */
export class Term {
  readonly #client: QueryClient
  readonly #status: StatusStore
  readonly #sync: Sync
  readonly #rechecks: RecheckLoop
  readonly #push: ReturnType<typeof keepPush>
  readonly #end = new AbortController()
  readonly #stopListening: () => void

  constructor({ client, customerId, pollInterval, onConferences, onRecordings }: TermOptions) {
    this.#client = client
    this.#status = statusOf(client)
    this.#status.apply({ push: { kind: 'off' } })
    this.#sync = new Sync(client, pollInterval)
    this.#sync.schedule.markReadElsewhere(this.#status.get().readSince || Date.now())
    this.#rechecks = new RecheckLoop({
      sync: this.#sync,
      signal: this.#end.signal,
      isPollFailing: () => this.#status.get().failure !== null,
      onRead: (isLast) => this.#reportMissing(isLast ? 0 : MANY),
      onFailure: () => this.#pollNow(),
    })
    this.#stopListening = rosterOf(client).subscribe((change) => this.#onRosterChange(change))
    this.#push = keepPush({
      client,
      customerId,
      onPush: (push) => this.#onPush(push),
      onConferences,
      onCalls: (calls) => this.#rechecks.enqueueCalls(calls),
      onRecordings,
      onOpen: () => this.#pollAll(),
    })
    // What conferences gave away before this tab led, or joined, no tab may have read.
    this.enqueueRecheck(heldConferences(client))
  }

  /** One poll: see `Sync.tick`. @throws ApiError */
  async tick(signal: AbortSignal): Promise<number> {
    const either = AbortSignal.any([signal, this.#end.signal])
    const readSince = await this.#status.record(either, () => this.#sync.tick(signal))
    if (either.aborted) return readSince
    this.#reportMissing(Infinity)
    // Those that the last recheck did not come to, or could not read.
    this.#rechecks.runIfNeeded()
    return readSince
  }

  /** Reads on to the horizon: see `Sync.sweep`. @throws ApiError */
  readonly sweep = (signal: AbortSignal): Promise<true> => this.#sync.sweep(signal)

  /** An operator asks for a poll now: what was denied may be allowed by now. */
  refresh(): void {
    this.#rechecks.forgetFailures()
    this.#sync.forgetFailures()
    this.#sync.readAllNext()
    void askNow(this.#client, keys.poll)
  }

  /** Participants that conferences give away are read again soon, many at once. */
  enqueueRecheck(conferences: readonly Conference[]): void {
    this.#rechecks.enqueueConferences(conferences)
    this.#reportMissing(MANY)
  }

  /** Another tab that has led holds rows that were read then: see `RecheckSchedule.lowerReadElsewhere`. */
  lowerReadElsewhere(since: number): void {
    this.#sync.schedule.lowerReadElsewhere(since)
  }

  /** Makes way for another tab. */
  stop(): void {
    this.#end.abort()
    this.#push.stop()
    this.#stopListening()
    this.#sync.stop()
    void this.#client.cancelQueries({ queryKey: keys.poll })
    void this.#client.cancelQueries({ queryKey: keys.sweep })
  }

  #onRosterChange({ facts, origin }: RosterChange): void {
    this.#reportMissing(Infinity)
    if (origin !== 'tab') this.#push.found(facts)
  }

  #onPush(push: PushStatus): void {
    const isOpen = push.kind === 'open'
    const isLost = this.#status.get().push.kind === 'open' && !isOpen && push.kind !== 'silent'
    this.#sync.relyOnPush(isOpen)
    this.#status.apply({ push })
    // Some rows were last read as long ago as push allowed, which is too long without.
    if (isLost) this.#pollAll()
  }

  #pollAll(): void {
    this.#sync.readAllNext()
    this.#pollNow()
    // Mutes that were set meanwhile are told by nothing else.
    void this.#client.refetchQueries({ queryKey: keys.freshCalls, type: 'active' })
  }

  /** Sooner than its interval, unless the list is denied: then nothing is asked again by itself. */
  #pollNow(): void {
    const { failure } = this.#status.get()
    const isDenied = failure instanceof ApiError && failure.isDenied
    if (!isDenied) void askNow(this.#client, keys.poll)
  }

  /**
   * Records how many named participants are not held. A few that were just named are about to be read.
   *
   * @param atLeast a rise to less is left out; Infinity records a fall only
   */
  #reportMissing(atLeast: number): void {
    const { missing } = this.#sync
    const before = this.#status.get().missing
    if (missing < before || (missing > before && missing >= atLeast))
      this.#status.apply({ missing })
  }
}
