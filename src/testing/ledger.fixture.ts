import { onlineManager, type QueryClient } from '@tanstack/react-query'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { vi } from 'vitest'
import { currentActivity } from '~/cache/activity/activity.ts'
import type { OpenWork } from '~/cache/activity/open-work.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { RemovalServer } from './removal-server.fixture.ts'
import type { Row } from './server.fixture.ts'
import { NEVER_SENT, type Action, type Target } from '~/domain/action.ts'
import { historyOf } from '~/domain/merge.ts'
import { outcomeOf, type OutcomeState } from '~/domain/outcome.ts'
import type { Session } from '~/domain/session.ts'
import { sessionOf } from './session.fixture.ts'
import { stubChannels } from './channel.fixture.ts'
import { createLocks } from './locks.fixture.ts'
import { stubFetch, stubStorage } from './fetch.fixture.ts'
import { begin, end } from '~/wire/session.ts'
import { actsOf, type Act } from '~/actions/act.ts'
import { dropHeld } from '~/actions/drop-held.ts'
import { Ledger } from '~/actions/ledger.ts'
import { othersWorkQuery, takeOver, waitingIn } from '~/actions/take-over.ts'

/** Milliseconds. */
export const LIMIT = 15_000

const CUSTOMER = '5e4a0680-804e-11ec-8477-2fea5968d85b'

/** Two accounts of one customer that use the same browser. */
export const SAM = sessionOf({
  customerId: CUSTOMER,
  credential: { kind: 'token', token: 'of Sam' },
})
export const KIM = sessionOf({
  customerId: CUSTOMER,
  credential: { kind: 'token', token: 'of Kim' },
  name: 'Kim',
  username: 'kim',
})

/** An operator at work on a world of conferences, in a page that may be closed and opened again. */
export class Desk extends RemovalServer {
  client: QueryClient = createQueryClient()
  /** The account that is signed in at the desk. */
  who: Session = SAM
  #ledger: Ledger | null = null

  constructor(hasLocks: boolean) {
    super()
    stubStorage()
    vi.stubGlobal('navigator', hasLocks ? { locks: createLocks() } : {})
    stubChannels()
    vi.stubGlobal('document', { visibilityState: 'visible' })
    vi.stubGlobal('indexedDB', new IDBFactory())
    vi.stubGlobal('IDBKeyRange', IDBKeyRange)
    stubFetch((sent) => this.answer(sent))
    this.signIn()
  }

  get acts(): Act {
    return actsOf(this.client, this.who)
  }

  get actions(): readonly Action[] {
    return [...currentActivity(this.client).actions.values()]
  }

  signIn(): void {
    begin(this.who)
  }

  /** The account signs out, and another signs in. */
  async changeTo(who: Session): Promise<void> {
    end('by-choice')
    this.close()
    this.who = who
    this.signIn()
    await this.open()
  }

  signOut(): void {
    end('expired')
  }

  /**
   * Opens the page: what was kept is there again.
   *
   * @param learn what the page has read before the ledger begins
   * @param patience how long the database may take, in milliseconds
   */
  async open(learn: (client: QueryClient) => void = () => {}, patience = 0): Promise<void> {
    this.client = createQueryClient()
    learn(this.client)
    this.#ledger = new Ledger({ client: this.client, session: this.who, limit: LIMIT })
    while (currentActivity(this.client).isKept === null) await this.pass(patience)
    // The ledger reads once more before it begins; the database takes no time.
    await rounds(20)
  }

  /** Work of other accounts that this one may take over. */
  async othersWork(): Promise<readonly OpenWork[]> {
    const options = { ...othersWorkQuery(this.who), staleTime: 0 }
    if (options.enabled === false) return []
    return waitingIn(await this.#wait(this.client.fetchQuery(options)))
  }

  async takeOver(work: OpenWork): Promise<void> {
    await this.#wait(takeOver(this.client, this.who, work, 0))
  }

  /** Lets time pass until something that asks the database and other tabs is done. */
  async #wait<T>(promise: Promise<T>): Promise<T> {
    const state = { isDone: false }
    const note = () => Object.assign(state, { isDone: true })
    promise.then(note, note)
    while (!state.isDone) {
      // The database first: it takes no time.
      await rounds(100)
      await vi.advanceTimersByTimeAsync(250)
    }
    return promise
  }

  close(): void {
    this.#ledger?.stop()
    this.#ledger = null
    dropHeld(this.client)
  }

  /** Lets time pass. The database answers outside of it. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left >= 0; left -= 500) {
      await vi.advanceTimersByTimeAsync(Math.min(left, 500))
      await rounds(16)
    }
    await vi.advanceTimersByTimeAsync(0)
  }

  /** Lets so many participants join the conference. */
  join(count: number): readonly Row[] {
    return Array.from({ length: count }, (_, n) =>
      this.world.join({ callId: `8f1e0f52-7c3b-4a39-9d5e-${String(n).padStart(12, '0')}` }),
    )
  }

  /** Confirms the removal of participants. Returns the batch. */
  submit(rows: readonly Row[], grace = 0): string {
    return this.acts.submit({ kind: 'remove', targets: rows.map((row) => this.target(row)), grace })
  }

  target(row: Row): Target {
    return {
      id: row.id,
      label: row.id,
      number: '',
      conferenceId: row.conferenceId,
      conferenceLabel: 'Standup',
      callId: row.callId,
      status: row.status,
    }
  }

  /** What became of each action; for what was never sent its own state. */
  get states(): readonly string[] {
    return this.actions.map((action) => this.stateOf(action) ?? action.state)
  }

  /** The first action. */
  get only(): Action {
    const [action] = this.actions
    if (!action) throw new Error('nothing was submitted')
    return action
  }

  stateOf(action: Action): OutcomeState | undefined {
    if (NEVER_SENT.has(action.state)) return undefined
    const entry = rosterOf(this.client).get(action.target.id)
    const evidence = { participant: entry?.participant, history: entry && historyOf(entry) }
    return outcomeOf(action, evidence, Date.now(), LIMIT).state
  }
}

/** Lets what is asked of the database and of other tabs come to its end. */
async function rounds(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await new Promise(setImmediate)
}

let desks = 0

/** A desk for a spec; clocks and timers stand until the spec lets time pass. */
export function openDesk({ hasLocks = true } = {}): Desk {
  vi.useFakeTimers({
    now: Date.UTC(2026, 0, 15, 9, 30),
    toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'],
  })
  // The bucket of all tabs outlives a spec, and must not see a clock that goes back.
  vi.advanceTimersByTime(3_600_000 * ++desks)
  onlineManager.setOnline(true)
  return new Desk(hasLocks)
}

/** Puts away what a spec leaves behind. */
export function leaveDesk(desk: Desk): void {
  desk.close()
  end('by-choice')
  onlineManager.setOnline(true)
  vi.useRealTimers()
  vi.unstubAllGlobals()
}
