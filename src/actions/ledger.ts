import { onlineManager, type QueryClient } from '@tanstack/react-query'
import type { ActivityChange, ActivityStore } from '~/cache/activity/activity-store.ts'
import { activityOf } from '~/cache/activity/activity.ts'
import { keepActivity, type KeptActivity } from '~/cache/activity/activity-keeper.ts'
import { turn } from '~/cache/queries/pace.ts'
import { askAgainAfter, Failures } from '~/cache/queries/retry.ts'
import { unlessInterrupted } from '~/cache/live/session.ts'
import { isPending, revised, type Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import { firstLook, nextAction, openIn } from '~/domain/schedule.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { sessionStore } from '~/wire/session.ts'
import { Abandonment, LOOK_UP_EVERY, touched } from './abandonment.ts'
import { Alarm } from './alarm.ts'
import { lookAt, settle, work, type Attempt, type Job } from './jobs.ts'
import { factsIn, isSingle, offlineIn } from './notes.ts'
import { onFacts } from './on-facts.ts'
import { workAlone, type Turn } from './one-tab.ts'
import { watchTabs } from './orphans.ts'
import { Presence } from './presence.ts'
import { TAB } from './tab.ts'

/** One look for proof after so many removals, so that many of the one do not keep out the other. */
const LOOK_EVERY = 3

/** What is tried so often in vain has failed. */
const MOST_TRIES = 5

/** What a ledger needs to know. */
export interface LedgerOptions {
  readonly client: QueryClient
  /** The account at work: only what it has confirmed is worked off. */
  readonly session: Session
  /** Milliseconds after which somebody who was removed should be gone. */
  readonly limit: number
}

/**
 * Works off what an account has confirmed, one after the other, and looks whether it came true. Of all tabs of this
 * browser one does so at a time: whatever another tab adds, pauses or takes back, it hears of. It rests while its
 * account is not signed in.
 */
export class Ledger {
  readonly #client: QueryClient
  readonly #account: string
  readonly #limit: number
  readonly #kept: KeptActivity
  readonly #stops: readonly (() => void)[]
  readonly #alarm = new Alarm()
  /** After a refusal for now nothing is sent before this; milliseconds on the server's clock. */
  #notBefore = 0
  #failures = 0
  /** How often each was tried without an outcome, by id. */
  readonly #tries = new Map<string, number>()
  /** Looks for proof that have failed, by the id of the action. */
  readonly #failedLooks = new Failures()
  #sinceLook = 0
  #isAlone = false
  readonly #abandonment = new Abandonment()

  constructor({ client, session, limit }: LedgerOptions) {
    this.#client = client
    this.#account = accountOf(session)
    this.#limit = limit
    const wake = () => this.#alarm.ring()
    this.#kept = keepActivity(client, session)
    this.#stops = [
      this.#kept.stop,
      activityOf(client, this.#account).subscribe(wake),
      onFacts(client, wake),
      onlineManager.subscribe(wake),
      sessionStore.subscribe(wake),
      unlessInterrupted(() => this.#begin()),
    ]
  }

  /** Stops working; what is not done is done by another tab, or when the account comes back. */
  stop(): void {
    for (const stop of this.#stops) stop()
  }

  /** Works until what it returns is called. */
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
      await workAlone(`rollcall.ledger ${this.#account}`, signal, (turnToWork) =>
        this.#run(turnToWork, presence, signal),
      )
    } finally {
      presence.stop()
    }
  }

  get #activity(): ActivityStore {
    return activityOf(this.#client, this.#account)
  }

  #take(change: ActivityChange): void {
    this.#activity.apply(change)
  }

  async #run({ isAlone, isWanted }: Turn, presence: Presence, signal: AbortSignal): Promise<void> {
    this.#isAlone = isAlone
    this.#abandonment.begin()
    // Another tab, or another account that has taken work over, may have written since this was read.
    await this.#kept.refresh()
    if (!isAlone) void watchTabs(this.#client, this.#account, presence, signal)
    for (;;) {
      this.#alarm.reset()
      if (signal.aborted || (await isWanted())) return
      this.#pauseAbandoned()
      this.#noteOthers()
      const until = this.#isAble ? await this.#step(signal) : Infinity
      const isIdle = until === Infinity && openIn(this.#activity).length === 0
      await this.#alarm.sleep(isIdle ? Infinity : Math.min(until - serverNow(), LOOK_UP_EVERY))
    }
  }

  /** What records say of it, and what comes to an end by itself. */
  #noteOthers(): void {
    this.#take({ actions: factsIn(this.#client, this.#activity) })
    if (!onlineManager.isOnline())
      this.#take({ actions: offlineIn(this.#activity, (batch) => this.#isOurs(batch)) })
  }

  /** Nothing is sent while its account is not signed in or the network is gone: it waits where it is. */
  get #isAble(): boolean {
    const { session } = sessionStore.get()
    return onlineManager.isOnline() && session !== null && accountOf(session) === this.#account
  }

  #pauseAbandoned(): void {
    const { actions, batches: all } = this.#activity
    const batches = new Map([...all].filter(([id]) => this.#isOurs(id)))
    const ours = { actions, batches }
    this.#take({ batches: this.#abandonment.look(ours, serverNow(), onlineManager.isOnline()) })
  }

  /** Does one thing. Returns 0 when it did, else until when there is nothing to do. */
  async #step(signal: AbortSignal): Promise<number> {
    const now = serverNow()
    const { actions, batches } = this.#activity
    const all = [...actions.values()]
    const left = all.find(({ state, batch }) => state === 'sending' && this.#isOurs(batch))
    if (now < this.#notBefore) {
      const open = openIn({ actions, batches })
      const waiting = open.filter(({ id, paused }) => paused === null && this.#isOurs(id))
      this.#take({ batches: touched(waiting, now) })
      return this.#notBefore
    }
    if (left) {
      const job = this.#job(left, signal)
      await this.#attempt(left, () => settle(job, { isLeft: true }), signal)
      return 0
    }
    const ours = all.filter(({ batch }) => this.#isOurs(batch))
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
      const job = this.#job(next.action, signal)
      await this.#attempt(next.action, () => work(job), signal)
      return 0
    }
    return Math.min(next.until, look?.at ?? Infinity)
  }

  /** Where tabs cannot agree which works off what, each keeps to its own. */
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
      turn: async () => {
        if (isPatient) await turn(signal, 'action')
      },
      mayGoOn: async () => {
        // A tab that was frozen may not have heard yet that another goes on with its work.
        if (!this.#isAlone) await this.#kept.refresh()
        const now = this.#activity.actions.get(id)
        const isAwake = this.#abandonment.isAwake(serverNow())
        const isOpen = now !== undefined && isPending(now) && this.#isOurs(now.batch)
        return isOpen && isAwake && this.#isAble && !this.#activity.batches.get(now.batch)?.paused
      },
      become: (change) => this.#noteWork(id, change),
    }
  }

  /** Notes something about an action as it is now, so that nothing another tab did is undone. */
  #note(id: string, change: Partial<Action>): void {
    const action = this.#activity.actions.get(id)
    if (action) this.#take({ actions: [revised(action, change)] })
  }

  /**
   * Notes work on an action of ours: its batch is not abandoned. An action that was taken back meanwhile stays so, but
   * for the answer to a request that was already out.
   */
  #noteWork(id: string, change: Partial<Action>): void {
    const { actions, batches } = this.#activity
    const action = actions.get(id)
    const batch = action && batches.get(action.batch)
    if (!batch || !this.#isOurs(batch.id)) return
    if (!isPending(action) && change.answeredAt === undefined) return
    this.#take({
      actions: [revised(action, change)],
      batches: [revised(batch, { touchedAt: serverNow() })],
    })
  }

  /** What may work when it is tried again is tried again, later; the rest is an outcome and has been noted. */
  async #attempt(action: Action, act: () => Promise<Attempt>, signal: AbortSignal): Promise<void> {
    const outcome = await act()
    if (signal.aborted) return
    if (outcome === 'done') {
      this.#failures = 0
      this.#tries.delete(action.id)
      return
    }
    if (outcome === 'again') return
    this.#notBefore = serverNow() + askAgainAfter(outcome, this.#failures++)
    const tries = (this.#tries.get(action.id) ?? 0) + 1
    this.#tries.set(action.id, tries)
    if (tries < MOST_TRIES || !this.#isAble) return
    const { state } = this.#activity.actions.get(action.id) ?? action
    const text = `Tried ${tries} times: ${outcome.message}`
    // `nextLook` counts from `answeredAt`: without it the record would not be looked at again.
    const end =
      state === 'sending'
        ? ({ state: 'unsure', answeredAt: serverNow() } as const)
        : ({ state: 'failed' } as const)
    this.#noteWork(action.id, { ...end, text })
  }

  async #look(action: Action, signal: AbortSignal): Promise<void> {
    await turn(signal, 'action')
    const found = await lookAt(this.#client, action)
    if (!(found instanceof Error)) {
      this.#failedLooks.clear(action.id)
      return this.#note(action.id, { lookedAt: serverNow(), ...found })
    }
    // A record that cannot be read must not keep the next removal from being sent.
    this.#failedLooks.record(action.id, found)
    if (found instanceof ApiError && found.isGeneral)
      this.#notBefore = serverNow() + askAgainAfter(found, 0)
  }
}
