import { onlineManager, type QueryClient } from '@tanstack/react-query'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { vi } from 'vitest'
import { currentActivity } from '~/cache/activity/activity.ts'
import type { OpenWork } from '~/cache/activity/open-work.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { World, type Row } from './server.fixture.ts'
import { NEVER_SENT, type Action, type Target } from '~/domain/action.ts'
import { outcomeOf, type OutcomeState } from '~/domain/outcome.ts'
import type { Session } from '~/domain/session.ts'
import { sessionOf } from './session.fixture.ts'
import { stubChannels } from './channel.fixture.ts'
import { createLocks } from './locks.fixture.ts'
import { json, stubFetch, stubStorage, type Sent } from './fetch.fixture.ts'
import { begin, end } from '~/wire/session.ts'
import { actsOf, type Act } from '~/actions/act.ts'
import { dropHeld } from '~/actions/drop-held.ts'
import { Ledger } from '~/actions/ledger.ts'
import { othersWorkQuery, takeOver, waitingIn } from '~/actions/take-over.ts'

/** Milliseconds. */
export const LIMIT = 15_000

/** What a DELETE comes to (voipbin-api.md 4.3), beside what the network may make of it. */
export type Mood =
  | 'works'
  /** It works, and the answer never arrives. */
  | 'lost'
  /** It works seconds after we have stopped waiting. */
  | 'late'
  /** It works, and the answer is about somebody else. */
  | 'other'
  /** Leaving is set, then the kick fails: 400 or 503. */
  | 'refused'
  | 'timed out'
  /** Says yes, and nothing comes of it. */
  | 'silent'
  /** Says yes, and he is joined again soon. */
  | 'returns'
  /** Nothing happens at all: 500, 429, or no answer. */
  | 'broken'
  | 'busy'
  /** 429, and nothing is to be sent for a minute and a half. */
  | 'busy for long'
  | 'unreachable'

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

const problem = (status: number, reason: string): Response =>
  json({ error: { reason, message: reason, request_id: `req_${reason}` } }, { status })

/** Somebody at work on a world of conferences, in a page that may be closed and opened again. */
export class Desk {
  readonly world = new World()
  mood: Mood = 'works'
  /** Ids of whom the server was asked to remove, oldest first, and where they were then. */
  readonly deletes: string[] = []
  readonly deletedFrom: string[] = []
  /** Names of those in whose name it was asked, in the same order. */
  readonly deletedBy: string[] = []
  /** Those it has said yes about. */
  readonly confirmed = new Set<string>()
  client: QueryClient = createQueryClient()
  /** The account that is signed in at the desk. */
  who: Session = SAM
  #ledger: Ledger | null = null

  constructor(hasLocks: boolean) {
    stubStorage()
    vi.stubGlobal('navigator', hasLocks ? { locks: createLocks() } : {})
    stubChannels()
    vi.stubGlobal('document', { visibilityState: 'visible' })
    vi.stubGlobal('indexedDB', new IDBFactory())
    vi.stubGlobal('IDBKeyRange', IDBKeyRange)
    stubFetch((sent) =>
      sent.init.method === 'DELETE' ? this.#remove(sent) : this.world.answer(sent),
    )
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

  /** The one at the desk signs out, and another signs in. */
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
   * The page is opened; what was left lying is there again.
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

  /** What others have left open that the one at the desk may take over. */
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
      await rounds(4)
    }
    await vi.advanceTimersByTimeAsync(0)
  }

  /** So many join the conference. */
  join(count: number): readonly Row[] {
    return Array.from({ length: count }, (_, n) =>
      this.world.join({ callId: `8f1e0f52-7c3b-4a39-9d5e-${String(n).padStart(12, '0')}` }),
    )
  }

  /** The one at the desk confirms their removal; the batch. */
  submit(rows: readonly Row[], grace: number): string {
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

  stateOf(action: Action): OutcomeState | undefined {
    if (NEVER_SENT.has(action.state)) return undefined
    const { participant, history } = rosterOf(this.client).get(action.target.id) ?? {}
    return outcomeOf(action, { participant, history }, Date.now(), LIMIT).state
  }

  #remove({ url, init }: Sent): Response {
    const id = url.pathname.split('/').at(-1) ?? ''
    const row = this.world.rows.get(id)
    this.deletes.push(id)
    this.deletedFrom.push(`${id} in ${row?.conferenceId}`)
    const sender = new Headers(init.headers).get('Authorization') ?? ''
    this.deletedBy.push(sender.replace('Bearer of ', ''))
    const { mood } = this
    if (mood === 'late' && row) {
      setTimeout(() => {
        this.world.change(row, 'leaving')
        this.#afterwards(row, mood, true)
      }, 5000)
    }
    if (mood === 'unreachable' || mood === 'late') throw new TypeError('Failed to fetch')
    if (mood === 'broken') return problem(500, 'INTERNAL')
    if (mood === 'busy') return problem(429, 'RATE_LIMIT_EXCEEDED')
    if (mood === 'busy for long') {
      const answer = problem(429, 'RATE_LIMIT_EXCEEDED')
      answer.headers.set('Retry-After', '90')
      return answer
    }
    if (!row) return problem(400, 'INVALID_ARGUMENT')
    const wasIn = row.status === 'joined'
    if (wasIn || row.status === 'joining') {
      this.world.change(row, 'leaving')
      this.#afterwards(row, mood, wasIn)
      if (!wasIn || mood === 'refused') return problem(400, 'INVALID_ARGUMENT')
      if (mood === 'timed out') return problem(503, 'REQUEST_TIMEOUT')
    }
    if (mood === 'lost') throw new TypeError('Failed to fetch')
    if (mood === 'other') return json({ ...this.world.bodyOf({ url, init: {} }), id: 'another' })
    this.confirmed.add(id)
    return json(this.world.bodyOf({ url, init: {} }))
  }

  #afterwards(row: Row, mood: Mood, wasIn: boolean): void {
    if (!wasIn || mood === 'refused' || mood === 'timed out' || mood === 'silent') return
    setTimeout(() => {
      if (row.status === 'leaving') this.world.change(row, mood === 'returns' ? 'joined' : 'leaved')
    }, 1000)
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

/** What a spec leaves behind is put away. */
export function leaveDesk(desk: Desk): void {
  desk.close()
  end('by-choice')
  onlineManager.setOnline(true)
  vi.useRealTimers()
  vi.unstubAllGlobals()
}
