import { onlineManager, type QueryClient } from '@tanstack/react-query'
import { currentActivity, takeActivity } from '~/cache/activity.ts'
import { keepActivity } from '~/cache/activity-keeper.ts'
import { turn } from '~/cache/pace.ts'
import { askAgainAfter, Failures } from '~/cache/retry.ts'
import { FAILED_OFFLINE, isPending, revised, wasSent, type Action } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import { abandoned, nextAction, nextLook } from '~/domain/schedule.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { sessionStore } from '~/wire/session.ts'
import { KINDS } from './kinds.ts'
import { lookAt, settle, work, type Attempt, type Job } from './jobs.ts'
import { workAlone } from './one-tab.ts'
import { TAB } from './tab.ts'

/** One look for proof after so many removals, so that many of the one do not keep out the other. */
const LOOK_EVERY = 3

/** What is tried so often in vain has failed. */
const MOST_TRIES = 5

/** What a ledger needs to know. */
export interface LedgerOptions {
  readonly client: QueryClient
  /** Whose activity it is. */
  readonly customerId: string
  /** Milliseconds after which somebody who was removed should be gone. */
  readonly limit: number
}

/**
 * Works off what operators have confirmed, one after the other, and looks whether it came true. Of all tabs of this
 * browser one does so at a time: whatever another tab adds, pauses or takes back, it hears of.
 */
export class Ledger {
  readonly #client: QueryClient
  readonly #limit: number
  readonly #life = new AbortController()
  readonly #stops: readonly (() => void)[]
  /** Something has changed since the last step began. */
  #isNews = false
  #goOn = (): void => {}
  /** After a refusal for now nothing is sent before this; milliseconds on the server's clock. */
  #notBefore = 0
  #failures = 0
  /** How often each was tried without an outcome, by id. */
  readonly #tries = new Map<string, number>()
  /** Looks for proof that have failed, by the id of the action. */
  readonly #failedLooks = new Failures()
  #sinceLook = 0

  constructor({ client, customerId, limit }: LedgerOptions) {
    this.#client = client
    this.#limit = limit
    const { signal } = this.#life
    const wake = () => {
      this.#isNews = true
      this.#goOn()
    }
    const kept = keepActivity(client, customerId)
    this.#stops = [
      kept.stop,
      client.getQueryCache().subscribe(({ type }) => type === 'updated' && wake()),
      onlineManager.subscribe(wake),
      sessionStore.subscribe(wake),
    ]
    void kept.ready.then(() =>
      workAlone(`rollcall.ledger ${customerId}`, signal, (isWanted) => this.#run(signal, isWanted)),
    )
  }

  /** Stops working; what is not done is done by another tab, or when somebody comes back. */
  stop(): void {
    this.#life.abort()
    this.#goOn()
    for (const stop of this.#stops) stop()
  }

  async #run(signal: AbortSignal, isWanted: () => Promise<boolean>): Promise<void> {
    let wasAble = false
    while (!signal.aborted && !(await isWanted())) {
      this.#isNews = false
      this.#noteFacts()
      this.#failOffline()
      // What waited for long, in a closed page, offline or signed out, is not gone on with unless somebody says so.
      if (this.#isAble && !wasAble) {
        const batches = abandoned(currentActivity(this.#client), serverNow())
        takeActivity(this.#client, { batches })
      }
      wasAble = this.#isAble
      const until = wasAble ? await this.#step(signal) : Infinity
      if (until > 0 && !this.#isNews) await this.#sleep(until)
    }
  }

  /** Nothing is sent while nobody is signed in or the network is gone: it waits where it is. */
  get #isAble(): boolean {
    return onlineManager.isOnline() && sessionStore.get().session !== null
  }

  /** Does one thing. Returns 0 when it did, else until when there is nothing to do. */
  async #step(signal: AbortSignal): Promise<number> {
    const now = serverNow()
    const { actions, batches } = currentActivity(this.#client)
    const all = [...actions.values()]
    const left = all.find(({ state, batch }) => state === 'sending' && this.#isOurs(batch))
    if (now < this.#notBefore) return this.#notBefore
    if (left) {
      const job = this.#job(left, signal)
      await this.#attempt(left, () => settle(job, { isLeft: true }), signal)
      return 0
    }
    const ours = all.filter(({ batch }) => this.#isOurs(batch))
    const next = nextAction(ours, batches, now)
    const look = this.#nextLook(all)
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

  /** Confirmed alone: somebody waits for it, so it is sent at once and fails at once. */
  #isAlone({ id, batch }: Action): boolean {
    const { actions } = currentActivity(this.#client)
    return ![...actions.values()].some((one) => one.batch === batch && one.id !== id)
  }

  /** What was asked for alone and not sent before the network went: see FAILED_OFFLINE. */
  #failOffline(): void {
    if (onlineManager.isOnline()) return
    for (const action of currentActivity(this.#client).actions.values()) {
      if (action.state !== 'waiting' || !this.#isOurs(action.batch) || !this.#isAlone(action))
        continue
      this.#become(action.id, FAILED_OFFLINE)
    }
  }

  /** Without Web Locks tabs cannot agree who works off what: then each keeps to its own. */
  #isOurs(batch: string): boolean {
    return 'locks' in navigator || currentActivity(this.#client).batches.get(batch)?.tab === TAB
  }

  #job(action: Action, signal: AbortSignal): Job {
    const { id } = action
    const isPatient = !this.#isAlone(action)
    return {
      client: this.#client,
      action,
      isPatient,
      turn: async () => {
        if (isPatient) await turn(signal, 'action')
      },
      mayGoOn: () => {
        const { actions, batches } = currentActivity(this.#client)
        const now = actions.get(id)
        return now !== undefined && isPending(now) && !batches.get(now.batch)?.paused
      },
      become: (change) => this.#become(id, change),
    }
  }

  /** Changes an action as it is now, so that nothing another tab did is undone. */
  #become(id: string, change: Partial<Action>): void {
    const { actions, batches } = currentActivity(this.#client)
    const action = actions.get(id)
    if (!action) return
    const batch = batches.get(action.batch)
    takeActivity(this.#client, {
      actions: [revised(action, change)],
      ...(batch && { batches: [revised(batch, { touchedAt: serverNow() })] }),
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
    const { state } = currentActivity(this.#client).actions.get(action.id) ?? action
    const text = `Tried ${tries} times: ${outcome.message}`
    this.#become(action.id, { state: state === 'sending' ? 'unsure' : 'failed', text })
  }

  #nextLook(all: readonly Action[]): { at: number; action: Action } | null {
    let best: { at: number; action: Action } | null = null
    for (const action of all) {
      const due = nextLook(action, this.#limit)
      if (due === null) continue
      const at = Math.max(due, serverNow() + this.#failedLooks.wait(action.id))
      if (at < (best?.at ?? Infinity)) best = { at, action }
    }
    return best
  }

  async #look(action: Action, signal: AbortSignal): Promise<void> {
    await turn(signal, 'action')
    const found = await lookAt(this.#client, action)
    if (!(found instanceof Error)) {
      this.#failedLooks.clear(action.id)
      return this.#become(action.id, { lookedAt: serverNow(), ...found })
    }
    // A record that cannot be read must not keep the next removal from being sent.
    this.#failedLooks.record(action.id, found)
    if (found instanceof ApiError && found.isGeneral)
      this.#notBefore = serverNow() + askAgainAfter(found, 0)
  }

  /** What records say of what was sent, however that was learned, and whatever the server answered. */
  #noteFacts(): void {
    for (const action of currentActivity(this.#client).actions.values()) {
      const mayMove = wasSent(action) || (action.state === 'failed' && action.sentAt !== null)
      if (action.goneAt !== null || !mayMove) continue
      const noted = KINDS[action.kind].noted(this.#client, action)
      if (noted) this.#become(action.id, noted)
    }
  }

  /** Until that moment, or until something has changed. */
  #sleep(until: number): Promise<void> {
    return new Promise((resolve) => {
      const wait = until - serverNow()
      // Longer than a day no timer is needed, and none can be set.
      const timer = wait < 86_400_000 ? setTimeout(resolve, Math.max(wait, 0)) : undefined
      this.#goOn = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
