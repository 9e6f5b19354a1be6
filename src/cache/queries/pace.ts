import type { QueryClient } from '@tanstack/react-query'
import { Bucket } from '~/util/bucket.ts'

/** All tabs of a browser together stay below a fifth of the customer's 17 requests a second (voipbin-api.md 8). */
const PER_SECOND = 3
const BURST = 6

/**
 * Each kind of request waits in its own lane, the most urgent first. While several lanes wait, each
 * gets slots in proportion to its share, so no lane starves; slots that a lane does not use go to
 * the others.
 */
const emptyLanes = () => ({
  /** Actions that an operator has confirmed. */
  action: queueOf(4),
  /** Records on the screen. */
  screen: queueOf(4),
  /** The poll of participants. */
  poll: queueOf(4),
  /** Participants that a conference's own list or an event reports as changed. */
  recheck: queueOf(2),
  /** Participants on further pages. */
  sweep: queueOf(2),
  /** Callers: names and numbers. */
  callers: queueOf(2),
  /** The list of conferences. */
  list: queueOf(1),
})

/** The kind of a request. */
export type Lane = keyof ReturnType<typeof emptyLanes>

/** A lane of waiting requests. */
interface Queue {
  readonly share: number
  readonly waiting: (() => void)[]
  /** Virtual time of its next slot: a larger share makes it grow more slowly. */
  tag: number
}

const queueOf = (share: number): Queue => ({ share, waiting: [], tag: 0 })

/** Start-time fair queuing of all background requests, within a token bucket. */
export class Pace {
  readonly #bucket: Bucket
  readonly #now: () => number
  readonly #lanes: Readonly<Record<Lane, Queue>> = emptyLanes()
  /** Virtual time: the tag of the lane served last. */
  #virtual = 0
  /** Slots granted but not used yet: their tokens are already taken. */
  #granted = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param now milliseconds of a monotonic clock */
  constructor(bucket = new Bucket(PER_SECOND, BURST), now = () => performance.now()) {
    this.#bucket = bucket
    this.#now = now
  }

  /** Counts a request that is sent. A request without a slot is paid off by later ones. */
  spend(): void {
    if (this.#granted > 0) this.#granted--
    else this.#bucket.spend(this.#now())
  }

  /**
   * Waits until a request may be sent, in the order of arrival within a lane. The caller sends as
   * soon as this resolves.
   *
   * @throws the signal's reason when it is aborted first
   */
  async acquireSlot(signal: AbortSignal, lane: Lane): Promise<void> {
    signal.throwIfAborted()
    const queue = this.#lanes[lane]
    const { waiting } = queue
    const serve = () => this.#serve()
    await new Promise<void>((resolve) => {
      function go(): void {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      function leave(): void {
        waiting.splice(waiting.indexOf(go), 1)
        go()
        serve()
      }
      // A lane that was empty claims no slots for the time it was empty.
      if (waiting.length === 0) queue.tag = Math.max(queue.tag, this.#virtual)
      waiting.push(go)
      signal.addEventListener('abort', leave, { once: true })
      serve()
    })
    signal.throwIfAborted()
  }

  /** Grants as many slots as there are tokens, and sets a timer for the next token. */
  #serve(): void {
    clearTimeout(this.#timer)
    for (;;) {
      const queue = this.#next()
      if (!queue) return
      const wait = this.#bucket.wait(this.#now())
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#serve(), wait)
        return
      }
      this.#virtual = queue.tag
      queue.tag += 1 / queue.share
      this.#bucket.spend(this.#now())
      this.#granted++
      queue.waiting.shift()?.()
    }
  }

  /** The lane to serve next: the smallest tag; on a tie, the most urgent. */
  #next(): Queue | undefined {
    return Object.values(this.#lanes)
      .filter(({ waiting }) => waiting.length > 0)
      .reduce<Queue | undefined>(
        (best, one) => (best && best.tag <= one.tag ? best : one),
        undefined,
      )
  }
}

/** The pace of this tab: whatever it sends is paid from one bucket. */
export const tabPace = new Pace()

/** What waits for slots. */
export type Slots = Pick<Pace, 'acquireSlot'>

const paces = new WeakMap<QueryClient, Slots>()

/** Hands a client a pace of its own, as a spec does that does not want to wait. */
export const providePace = (client: QueryClient, pace: Slots): void => void paces.set(client, pace)

/** The pace of the requests that a client sends: that of the tab unless another was handed in. */
export const paceOf = (client: QueryClient): Slots => paces.get(client) ?? tabPace
