import { onlineManager, type QueryClient } from '@tanstack/react-query'
import { keepActivity, type KeptActivity } from '~/cache/activity/activity-keeper.ts'
import type { ActivityStore } from '~/cache/activity/activity-store.ts'
import { activityOf } from '~/cache/activity/activity.ts'
import { unlessInterrupted } from '~/cache/live/session.ts'
import { paceOf } from '~/cache/queries/pace.ts'
import { Failures } from '~/cache/queries/retry.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { isPending, revised, type Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import { firstLook, nextAction, openIn } from '~/domain/schedule.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { serverNow } from '~/clock.ts'
import { sessionStore } from '~/wire/session.ts'
import { Abandonment, LOOK_UP_EVERY, touched } from './abandonment.ts'
import { Alarm } from './alarm.ts'
import type { Job } from './job.ts'
import { lookAt, run, settle, type Attempt } from './jobs.ts'
import { factsIn, isSingle, offlineIn } from './notes.ts'
import { workAlone, type Turn } from './one-tab.ts'
import { watchTabs } from './orphans.ts'
import { Presence } from './presence.ts'
import { TAB } from './tab.ts'
import { Tries } from './tries.ts'

/** So many requests are sent between two looks for proof, so that neither kind keeps out the other. */
const LOOK_EVERY = 3

interface LedgerOptions {
  readonly client: QueryClient
  /** The account at work: only what it has confirmed is worked off. */
  readonly session: Session
  /** Milliseconds after which a removed participant should be gone. */
  readonly limit: number
}

/**
 * Works off what an account has confirmed, one action after the other, and reads records until they prove it. Of all
 * tabs of this browser one does so at a time; what other tabs add, pause or take back, it learns from the activity. It
 * rests while its account is not signed in.
 */
export class Ledger {
  readonly #client: QueryClient
  readonly #account: string
  readonly #limit: number
  readonly #activity: ActivityStore
  readonly #kept: KeptActivity
  readonly #stops: readonly (() => void)[]
  readonly #alarm = new Alarm()
  readonly #tries = new Tries()
  /** Looks for proof that have failed, by the id of the action. */
  readonly #failedLooks = new Failures()
  readonly #abandonment = new Abandonment()
  #sinceLook = 0
  #isAlone = false

  constructor({ client, session, limit }: LedgerOptions) {
    this.#client = client
    this.#account = accountOf(session)
    this.#limit = limit
    this.#activity = activityOf(client, this.#account)
    this.#kept = keepActivity(client, session)
    this.#stops = [
      this.#kept.stop,
      this.#activity.subscribe(this.#alarm.ring),
      rosterOf(client).subscribe(this.#alarm.ring),
      onlineManager.subscribe(this.#alarm.ring),
      sessionStore.subscribe(this.#alarm.ring),
      unlessInterrupted(() => this.#begin()),
    ]
  }

  /** Stops working. What is not done is done by another tab, or when the account comes back. */
  stop(): void {
    for (const stop of this.#stops) stop()
  }

  /** Works until the function it returns is called. */
  #begin(): () => void {
    const stay = new AbortController()
    void this.#work(stay.signal)
    return () => {
      stay.abort()
      this.#alarm.ring()
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const presence = new Presence(this.#account)
    try {
      await this.#kept.ready
      await workAlone(this.#account, signal, (turn) => this.#run(turn, presence, signal))
    } finally {
      presence.stop()
    }
  }

  async #run({ isAlone, isWanted }: Turn, presence: Presence, signal: AbortSignal): Promise<void> {
    this.#isAlone = isAlone
    this.#abandonment.begin()
    // Another tab, or another account that has taken work over, may have written since this was read.
    await this.#kept.refresh()
    if (!isAlone) void watchTabs(this.#activity, presence, signal)
    for (;;) {
      this.#alarm.reset()
      if (signal.aborted || (await isWanted())) return
      this.#pauseAbandoned()
      this.#noteFacts()
      const until = this.#isAble ? await this.#step(signal) : Infinity
      const isIdle = until === Infinity && openIn(this.#activity).length === 0
      await this.#alarm.sleep(isIdle ? Infinity : Math.min(until - serverNow(), LOOK_UP_EVERY))
    }
  }

  /** Notes what records say of actions, and what comes to an end by itself. */
  #noteFacts(): void {
    this.#activity.apply({ actions: factsIn(this.#client, this.#activity) })
    if (onlineManager.isOnline()) return
    this.#activity.apply({ actions: offlineIn(this.#activity, (id) => this.#isOurs(id)) })
  }

  /** False while its account is not signed in or the network is gone: what is to be sent waits where it is. */
  get #isAble(): boolean {
    const { session } = sessionStore.get()
    return onlineManager.isOnline() && session !== null && accountOf(session) === this.#account
  }

  #pauseAbandoned(): void {
    const { actions, batches } = this.#activity
    const ours = new Map([...batches].filter(([id]) => this.#isOurs(id)))
    const isOnline = onlineManager.isOnline()
    const found = this.#abandonment.look({ actions, batches: ours }, serverNow(), isOnline)
    this.#activity.apply({ batches: found })
  }

  /** Does one thing. Returns 0 when it did, else until when there is nothing to do. */
  async #step(signal: AbortSignal): Promise<number> {
    const now = serverNow()
    const { actions, batches } = this.#activity
    const all = [...actions.values()]
    const { notBefore } = this.#tries
    if (now < notBefore) {
      const open = openIn(this.#activity)
      const waiting = open.filter(({ id, paused }) => paused === null && this.#isOurs(id))
      this.#activity.apply({ batches: touched(waiting, now) })
      return notBefore
    }
    const ours = all.filter(({ batch }) => this.#isOurs(batch))
    const left = ours.find(({ state }) => state === 'sending')
    if (left) {
      await this.#attempt(left, (job) => settle(job, { isLeft: true }), signal)
      return 0
    }
    const next = nextAction(ours, batches, now)
    const look = firstLook(all, this.#limit, ({ id }) => now + this.#failedLooks.wait(id))
    const isLookDue = look !== null && look.at <= now
    if (isLookDue && (next.kind === 'wait' || this.#sinceLook >= LOOK_EVERY)) {
      this.#sinceLook = 0
      await this.#look(look.action, signal)
      return 0
    }
    if (next.kind === 'do') {
      this.#sinceLook++
      await this.#attempt(next.action, run, signal)
      return 0
    }
    return Math.min(next.until, look?.at ?? Infinity)
  }

  /** Whether a batch is this ledger's to work off: where tabs cannot agree, each keeps to its own. */
  #isOurs(id: string): boolean {
    const batch = this.#activity.batches.get(id)
    return batch?.account === this.#account && (this.#isAlone || batch.tab === TAB)
  }

  #job(action: Action, signal: AbortSignal): Job {
    const { id } = action
    const isPatient = !isSingle(this.#activity, action)
    return {
      client: this.#client,
      action,
      account: this.#account,
      isPatient,
      acquireSlot: async () => {
        if (isPatient) await paceOf(this.#client).acquireSlot(signal, 'action')
      },
      written: () => this.#kept.written(),
      mayContinue: async () => {
        // A tab that was frozen may not have heard yet that another goes on with its work.
        if (!this.#isAlone) await this.#kept.refresh()
        const now = this.#activity.actions.get(id)
        const isAwake = this.#abandonment.isAwake(serverNow())
        const isOpen = now !== undefined && isPending(now) && this.#isOurs(now.batch)
        return isOpen && isAwake && this.#isAble && !this.#activity.batches.get(now.batch)?.paused
      },
      update: (change) => this.#noteWork(id, change),
    }
  }

  /**
   * Notes work on an action of ours, as it is now: its batch is not abandoned. An action that was taken back meanwhile
   * stays so, but for the answer to a request that was already out. False when nothing was noted.
   */
  #noteWork(id: string, change: Partial<Action>): boolean {
    const { actions, batches } = this.#activity
    const action = actions.get(id)
    const batch = action && batches.get(action.batch)
    if (!batch || !this.#isOurs(batch.id)) return false
    if (!isPending(action) && change.answeredAt === undefined) return false
    const now = serverNow()
    // What is noted right after a sleep is no work: the batch may be abandoned.
    const touchedAt = this.#abandonment.isAwake(now) ? now : batch.touchedAt
    this.#activity.apply({
      actions: [revised(action, change)],
      batches: [revised(batch, { touchedAt })],
    })
    return true
  }

  /** What may work when it is tried again is tried again, later. The rest is an outcome and has been noted. */
  async #attempt(
    action: Action,
    act: (job: Job) => Promise<Attempt>,
    signal: AbortSignal,
  ): Promise<void> {
    const { id } = action
    const attempt = await act(this.#job(action, signal))
    if (signal.aborted || attempt === 'stopped') return
    if (attempt === 'done') return this.#tries.succeeded(id)
    const end = this.#tries.failed(this.#activity.actions.get(id) ?? action, attempt)
    if (end && this.#isAble) this.#noteWork(id, end)
  }

  /** Reads a record for proof. */
  async #look(action: Action, signal: AbortSignal): Promise<void> {
    await paceOf(this.#client).acquireSlot(signal, 'action')
    const { id } = action
    const found = await lookAt(this.#client, action)
    if (!(found instanceof Error)) {
      this.#failedLooks.clear(id)
      const now = this.#activity.actions.get(id)
      const change = { lookedAt: serverNow(), ...found }
      if (now) this.#activity.apply({ actions: [revised(now, change)] })
      return
    }
    // A record that cannot be read must not keep the next removal from being sent.
    this.#failedLooks.record(id, found)
    if (found instanceof ApiError && found.isGeneral) this.#tries.holdBack(found)
  }
}
