/** A clock that runs `speed` times as fast as this machine's. Moments in milliseconds since the epoch. */
export interface FasterClock {
  readonly speed: number
  /** What it shows when this machine's clock shows `real`. */
  readonly shown: number
  readonly real: number
}

/**
 * Runs in a page before anything else: from then on its clock, timers and timeouts keep that time, so the app
 * does all it would do in so many hours. What it waits for, answers and frames, takes as long as ever.
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
  // Two seconds at least: stalls of this machine are not the app's.
  AbortSignal.timeout = (length) => expire(Math.max(length / speed, 2000))
  Object.assign(globalThis, {
    Date: FastDate,
    setTimeout: (run: () => void, length = 0) => later(run, length / speed),
    setInterval: (run: () => void, length = 0) => again(run, length / speed),
  })
}
