import type { FaultPlan } from './faults.ts'
import type { FrameFate } from '../push/push.ts'
import { Random, type Choices } from '../world/random.ts'
import type { Exchange } from '../http/reply.ts'

const plan = (fields: Partial<FaultPlan> & Pick<FaultPlan, 'kind'>): FaultPlan => {
  return { path: '/v1.0/*', stage: 'before', row: 0, ms: 3000, ...fields }
}

/** The faults of requests in bad weather, all equally likely. */
const FAULTS: Choices<FaultPlan> = [
  plan({ kind: 'status', status: 500 }),
  plan({ kind: 'status', status: 503, stage: 'after' }),
  plan({ kind: 'status', status: 429 }),
  plan({ kind: 'empty' }),
  plan({ kind: 'html' }),
  plan({ kind: 'truncated' }),
  plan({ kind: 'drop' }),
  plan({ kind: 'slow' }),
]

/** Random faults of `/v1.0` requests: the same seed and requests meet the same faults. */
export class RequestWeather {
  readonly #level: number
  readonly #speed: number
  readonly #dice: Random

  /** `level` is the share of requests that fail, 0 to 1. Delays are those of a clock `speed` times as fast. */
  constructor(level: number, seed: number, speed = 1) {
    this.#level = level
    this.#speed = speed
    this.#dice = new Random(seed, 0xbad)
  }

  /** The fault of this request; undefined = none. Signing in never fails. */
  fault(request: Exchange): FaultPlan | undefined {
    if (!request.path.startsWith('/v1.0/') || !this.#dice.chance(this.#level)) return undefined
    const fault = this.#dice.pick(FAULTS)
    return fault.kind === 'slow' ? { ...fault, ms: this.#dice.int(200, 4000) / this.#speed } : fault
  }
}

const FINE: FrameFate = { copies: 1, delay: 0, drop: false }

/** Random faults of pushed frames: the same seed and frames meet the same faults. */
export class FrameWeather {
  readonly #level: number
  readonly #speed: number
  readonly #dice: Random

  /** `level` is the share of frames that are hit, 0 to 1; `speed` as for requests. */
  constructor(level: number, seed: number, speed = 1) {
    this.#level = level
    this.#speed = speed
    this.#dice = new Random(seed, 0xf0c)
  }

  /** A frame is lost, doubled, or late (and so out of order); one in twenty takes the socket along. */
  frame(): FrameFate {
    if (!this.#dice.chance(this.#level)) return FINE
    if (this.#dice.chance(0.05)) return { copies: 0, delay: 0, drop: true }
    return this.#dice.pick<FrameFate>([
      { copies: 0, delay: 0, drop: false },
      { copies: 2, delay: 0, drop: false },
      { copies: 1, delay: this.#dice.int(20, 3000) / this.#speed, drop: false },
    ])
  }
}
