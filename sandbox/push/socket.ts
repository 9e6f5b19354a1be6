import type { WebSocket } from 'ws'
import { tryParse } from '../world/json.ts'
import { SECOND, type Clock, type Micros } from '../world/time.ts'
import { mayName, readCommand, scopeOf, type Subscriber } from './topics.ts'

const PING_EVERY: Micros = 10 * SECOND
const PONG_WITHIN: Micros = 60 * SECOND
/** The most frames that wait for a slow client; more are lost (voipbin-api.md 9.6). */
const BUFFER = 2000

/** One open connection of a client and its subscriptions (voipbin-api.md 9). */
export class PushSocket {
  readonly subscriber: Subscriber
  readonly topics = new Set<string>()
  /** Frames sent. */
  sent = 0
  readonly #ws: WebSocket
  readonly #clock: Clock
  #pingAt: Micros
  #pongAt: Micros
  #waiting = 0

  /** `onChange` is called when the topics have changed, `onClose` once, at the end. */
  constructor(
    ws: WebSocket,
    subscriber: Subscriber,
    clock: Clock,
    hear: { readonly onChange: () => void; readonly onClose: () => void },
  ) {
    this.#ws = ws
    this.subscriber = subscriber
    this.#clock = clock
    this.#pingAt = this.#pongAt = clock()
    ws.on('message', (data, isBinary) => {
      if (isBinary) this.drop()
      else if (this.#obey(textOf(data))) hear.onChange()
    })
    ws.on('pong', () => {
      this.#pongAt = clock()
    })
    ws.on('close', hear.onClose)
    // A broken frame or connection ends in `close` as well, which is handled above.
    ws.on('error', () => this.drop())
  }

  /** Open, but neither reading nor sending, as after a cable was pulled. */
  get halfOpen(): boolean {
    return this.#ws.isPaused
  }

  /** Stops or resumes reading and sending; what arrives meanwhile waits in the kernel. */
  setHalfOpen(halfOpen: boolean): void {
    if (halfOpen === this.halfOpen) return
    if (halfOpen) {
      this.#ws.pause()
      return
    }
    this.#pongAt = this.#clock()
    this.#ws.resume()
  }

  /** Whether an event under this topic goes here: plain prefixes (voipbin-api.md 9.3). */
  wants(topic: string): boolean {
    for (const prefix of this.topics) if (topic.startsWith(prefix)) return true
    return false
  }

  /** Whether a subscription binds exactly this `scope:uuid` (voipbin-api.md quirk 23). */
  binds(scope: string): boolean {
    for (const topic of this.topics) if (scopeOf(topic) === scope) return true
    return false
  }

  /** Whether the socket is of this customer, or subscribed to one of its topics. */
  concerns(customerId: string): boolean {
    return this.subscriber.customerId === customerId || this.binds(`customer_id:${customerId}`)
  }

  /** Sends a text frame; false if it was lost. */
  send(text: string): boolean {
    if (this.halfOpen || this.#ws.readyState !== this.#ws.OPEN || this.#waiting >= BUFFER) {
      return false
    }
    this.#waiting += 1
    this.#ws.send(text, () => {
      this.#waiting -= 1
    })
    this.sent += 1
    return true
  }

  /** Pings when it is due, and drops a socket without a pong for too long (voipbin-api.md 9.6). */
  tick(now: Micros): void {
    if (this.halfOpen || this.#ws.readyState !== this.#ws.OPEN) return
    if (now - this.#pongAt > PONG_WITHIN) {
      this.drop()
    } else if (now - this.#pingAt >= PING_EVERY) {
      this.#pingAt = now
      this.#ws.ping()
    }
  }

  /** Ends the connection without a close frame: the client sees 1006 (voipbin-api.md 9.2). */
  drop(): void {
    this.#ws.terminate()
  }

  /** Follows the command of a text frame; true if the topics may have changed. One bad topic drops the socket. */
  #obey(text: string): boolean {
    const command = readCommand(tryParse(text))
    if (command === undefined) return false
    if (!command.topics.every((topic) => mayName(this.subscriber, topic))) {
      this.drop()
      return false
    }
    for (const topic of command.topics) {
      if (command.type === 'subscribe') this.topics.add(topic)
      else this.topics.delete(topic)
    }
    return true
  }
}

function textOf(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8')
}
