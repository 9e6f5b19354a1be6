import { WebSocketServer } from 'ws'
import { goJson } from '../http/go-json.ts'
import { openSocket } from './handshake.ts'
import { calmPush, type PushState } from './push.ts'
import { Random } from '../world/random.ts'
import type { Reply, Upgrade } from '../http/reply.ts'
import type { PushGateway, Scene } from '../http/scene.ts'
import type { Tenant } from '../http/tenants.ts'
import { PushSocket } from './socket.ts'
import type { Clock, Micros } from '../world/time.ts'
import { topicsOf, type Subscriber } from './topics.ts'
import { changeOnWire } from '../http/wire.ts'
import type { Change } from '../world/world.ts'

/** A customer whose events are published. */
interface Source {
  readonly tenant: Tenant
  readonly push: PushState
}

/** The delay in milliseconds of an event that another one shall overtake. */
const OVERTAKEN = 150

/** All open sockets; publishes changes of the worlds to them (voipbin-api.md 9). */
export class Hub implements PushGateway {
  readonly #clock: Clock
  readonly #dice: Random
  readonly #sources = new Map<string, Source>()
  readonly #sockets = new Set<PushSocket>()
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // gorilla's upgrader, as the platform sets it up, has neither a subprotocol nor compression.
    handleProtocols: () => false,
    perMessageDeflate: false,
  })

  constructor(clock: Clock, seed: number) {
    this.#clock = clock
    this.#dice = new Random(seed, 0x905)
  }

  /** Publishes what changes in this customer's world from now on. */
  watch(tenant: Tenant): void {
    const source = { tenant, push: calmPush() }
    this.#sources.set(tenant.id, source)
    tenant.world.onChange((change) => this.#publish(source, change))
  }

  /** The push side of a customer. Throws a RangeError for one that is not watched. */
  stateOf(customerId: string): PushState {
    const source = this.#sources.get(customerId)
    if (source === undefined) throw new RangeError(`no customer ${customerId} is watched`)
    return source.push
  }

  /** Forgets a customer and drops its sockets. */
  forget(customerId: string): void {
    this.drop(customerId)
    this.#sources.delete(customerId)
  }

  /** Answers a handshake, and takes the connection over when it passes all checks (voipbin-api.md 9.1). */
  open(scene: Scene): Reply {
    const { switches } = this.stateOf(scene.tenant.id)
    return openSocket(scene, switches, (upgrade, subscriber) => this.#accept(upgrade, subscriber))
  }

  #accept({ request, socket, head }: Upgrade, subscriber: Subscriber): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      const opened: PushSocket = new PushSocket(ws, subscriber, this.#clock, {
        onChange: () => this.#applyHalfOpen(opened),
        onClose: () => this.#sockets.delete(opened),
      })
      this.#sockets.add(opened)
      this.#applyHalfOpen(opened)
    })
  }

  /** The open sockets of a customer, and those subscribed to one of its topics. */
  of(customerId: string): PushSocket[] {
    return [...this.#sockets].filter((socket) => socket.concerns(customerId))
  }

  /** Drops a customer's sockets without a close frame; returns how many. */
  drop(customerId: string): number {
    const sockets = this.of(customerId)
    for (const socket of sockets) socket.drop()
    return sockets.length
  }

  /** Applies the `halfOpen` switches to the sockets that are open. */
  refresh(): void {
    for (const socket of this.#sockets) this.#applyHalfOpen(socket)
  }

  /** Pings the sockets, and drops those that do not answer. */
  tick(now: Micros): void {
    for (const socket of this.#sockets) socket.tick(now)
  }

  /** Drops all sockets. */
  close(): void {
    for (const socket of this.#sockets) socket.drop()
  }

  #applyHalfOpen(socket: PushSocket): void {
    const sources = [...this.#sources.values()]
    socket.setHalfOpen(
      sources.some(({ tenant, push }) => push.switches.halfOpen && socket.concerns(tenant.id)),
    )
  }

  /** One frame per socket and matching topic, so a prefix of both topics gives two (voipbin-api.md 9.3). */
  #publish({ tenant, push }: Source, change: Change): void {
    const { switches } = push
    // Internal events, which today's platform does not publish (voipbin-api.md 9.4).
    if (change.type.startsWith('conferencecall_') && !switches.conferencecallEvents) return
    if (change.type.startsWith('call_') && !switches.callFrames) return
    const sockets = [...this.#sockets]
    if (!sockets.some((socket) => socket.binds(`customer_id:${tenant.id}`))) return
    const data = changeOnWire(change, tenant.id, tenant.timeFormat)
    // Written now: the record may change before the frame leaves.
    const text = goJson(switches.wrapped ? { type: change.type, data } : data)
    const event = push.events++
    for (const topic of topicsOf(tenant.id, change.type, change.record.id)) {
      for (const socket of sockets) {
        // A frame to a half-open socket is lost now, even if the socket reads again before the frame would leave.
        if (!socket.halfOpen && socket.wants(topic)) this.#deliver(push, socket, text, event)
      }
    }
  }

  /** Every frame leaves in a timer turn of its own, so there is no order (voipbin-api.md 9.6). */
  #deliver(push: PushState, socket: PushSocket, text: string, event: number): void {
    const { delayMs, duplicate, reorder } = push.switches
    const weather = push.weather?.frame() ?? { copies: 1, delay: 0, drop: false }
    const late = delayMs + weather.delay + (reorder && event % 2 === 0 ? OVERTAKEN : 0)
    if (weather.drop) socket.drop()
    for (let copy = 0; copy < weather.copies * (1 + duplicate); copy++) {
      const timer = setTimeout(
        () => {
          if (socket.send(text)) push.sent += 1
        },
        late + this.#dice.between(0, 4),
      )
      timer.unref()
    }
  }
}
