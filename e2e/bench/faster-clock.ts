/** A clock that runs `speed` times as fast as this machine's. Moments in milliseconds since the epoch. */
export interface FasterClock {
  readonly speed: number
  /** The time of this clock when the machine's clock shows `real`. */
  readonly shown: number
  readonly real: number
}

/**
 * Runs in a page before anything else: its clock, timers and timeouts follow the faster clock, so the app does what it
 * would do in so many hours. Answers and frames take their real time.
 */
export function runFaster({ speed, shown, real }: FasterClock): void {
  const RealDate = Date
  const now = () => Math.floor(shown + (RealDate.now() - real) * speed)
  class FastDate extends RealDate {
    constructor(...given: [] | [number]) {
      if (given.length === 0) super(now())
      else super(...given)
    }
    static override readonly now = now
  }
  const { performance } = globalThis
  const elapsed = performance.now.bind(performance)
  const later = setTimeout.bind(globalThis)
  const again = setInterval.bind(globalThis)
  const expire = AbortSignal.timeout.bind(AbortSignal)
  performance.now = () => elapsed() * speed
  // Two seconds at least, so that a stall of this machine is no timeout of the app.
  AbortSignal.timeout = (length) => expire(Math.max(length / speed, 2000))
  Object.assign(globalThis, {
    Date: FastDate,
    setTimeout: (run: () => void, length = 0) => later(run, length / speed),
    setInterval: (run: () => void, length = 0) => again(run, length / speed),
  })
}
