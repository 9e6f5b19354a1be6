/** Microseconds since the Unix epoch, always an integer: the platform stores DATETIME(6). */
export type Micros = number

/** Reads the current time. Injected everywhere, so that a spec can own it. */
export type Clock = () => Micros

/** How timestamps look on the wire: today's servers, or older ones (voipbin-api.md 10). */
export type TimeFormat = 'rfc3339' | 'legacy'

export const MILLISECOND: Micros = 1_000
export const SECOND: Micros = 1_000_000
export const MINUTE: Micros = 60 * SECOND
export const HOUR: Micros = 60 * MINUTE
export const DAY: Micros = 24 * HOUR

/** What older servers send for "not yet" (voipbin-api.md 10). */
export const LEGACY_UNSET = '9999-01-01 00:00:00.000000'

/** The machine's wall clock. No two readings are equal, so records made in a row keep their order. */
export function systemClock(): Clock {
  let last = 0
  return () => {
    // Date has no microseconds; the monotonic clock's own make believable ones.
    const reading = Date.now() * 1000 + (Math.floor(performance.now() * 1000) % 1000)
    last = Math.max(last + 1, reading)
    return last
  }
}

/** Seconds to whole microseconds, for input given in seconds. */
export function fromSeconds(count: number): Micros {
  return Math.round(count * SECOND)
}

/** How a tenant's own time runs: from `start` on at `speed`, and ahead by what was skipped. */
export class Pace {
  readonly #start: Micros
  /** Seconds of the tenant's in one of the platform's. */
  readonly speed: number
  #skipped: Micros = 0

  constructor(start: Micros, speed: number) {
    this.#start = start
    this.speed = speed
  }

  /** The tenant's time when the platform's is `now`. */
  at(now: Micros): Micros {
    return this.#start + Math.round((now - this.#start) * this.speed) + this.#skipped
  }

  /** Puts the tenant's clock forward. */
  skip(by: Micros): void {
    this.#skipped += by
  }
}

/** `YYYY-MM-DDThh:mm:ss.ffffffZ`, always six digits: page tokens and `expire` (voipbin-api.md 10). */
export function fixedTime(at: Micros): string {
  return `${seconds(at)}.${fraction(at)}Z`
}

/** A record's time on the wire; RFC 3339 drops the fraction's trailing zeros as Go does. */
export function wireTime(at: Micros, format: TimeFormat): string {
  if (format === 'legacy') return `${seconds(at).replace('T', ' ')}.${fraction(at)}`
  const digits = fraction(at).replace(/0+$/, '')
  return digits === '' ? `${seconds(at)}Z` : `${seconds(at)}.${digits}Z`
}

/** A page token in the format of the day: legacy servers sent the legacy time (voipbin-api.md 3). */
export function tokenTime(at: Micros, format: TimeFormat): string {
  return format === 'legacy' ? wireTime(at, format) : fixedTime(at)
}

const TOKEN = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?Z?$/

/** Reads a page token in either format; undefined for anything the database would refuse. */
export function parseToken(token: string): Micros | undefined {
  const [, date, time, digits = ''] = TOKEN.exec(token) ?? []
  const whole = Date.parse(`${date ?? ''}T${time ?? ''}Z`)
  if (Number.isNaN(whole)) return undefined
  return whole * 1000 + Number(digits.padEnd(6, '0'))
}

function seconds(at: Micros): string {
  return new Date(Math.floor(at / SECOND) * 1000).toISOString().slice(0, 19)
}

function fraction(at: Micros): string {
  return String(at % SECOND).padStart(6, '0')
}
