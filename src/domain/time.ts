/** A moment: whole microseconds since the Unix epoch, exact as a JavaScript number until the year 2255. */
export type Micros = number

/** Older servers send an unset time as this year or a later one (voipbin-api.md 0). */
const NEVER_YEAR = 9999

const WIRE_TIME =
  /^(\d{4,6})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/i

/**
 * Parses every format of the wire: RFC 3339 with 0 to 9 fraction digits, and `YYYY-MM-DD hh:mm:ss.ffffff` without a
 * zone, which is UTC (voipbin-api.md 10). Digits beyond the microsecond are dropped.
 *
 * @returns the moment; null for an unset time (sentinel, null, absent, empty); 'unreadable' for anything else
 */
export function parseTime(raw: unknown): Micros | null | 'unreadable' {
  if (raw === null || raw === undefined || raw === '') return null
  const found = typeof raw === 'string' ? WIRE_TIME.exec(raw.trim()) : null
  if (!found) return 'unreadable'
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = found
  if (Number(year) >= NEVER_YEAR) return null
  const millis = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second)
  // Date.UTC turns 31 February into March, so the result is compared with the text.
  const readBack = new Date(millis).toISOString().slice(0, 19)
  if (readBack !== `${year}-${month}-${day}T${hour}:${minute}:${second}`) return 'unreadable'
  const fraction = Number((found[7] ?? '').padEnd(6, '0').slice(0, 6))
  return (millis - offsetMillis(found[8] ?? 'Z')) * 1000 + fraction
}

function offsetMillis(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** Formats a moment as the server formats a page token: always six digits and `Z` (voipbin-api.md 3). */
export function toWireTime(at: Micros): string {
  const whole = Math.floor(at / 1_000_000)
  const fraction = String(at - whole * 1_000_000).padStart(6, '0')
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}.${fraction}Z`
}

/** Converts milliseconds to a moment. */
export const fromMillis = (millis: number): Micros => Math.round(millis) * 1000

/** Converts a moment to milliseconds; the microseconds below are dropped. */
export const toMillis = (at: Micros): number => Math.floor(at / 1000)
