import { SECOND, type Micros } from '../world/time.ts'

/** The format of timestamps on the wire: of today's servers, or of older ones (voipbin-api.md 10). */
export type TimeFormat = 'rfc3339' | 'legacy'

/** The "not yet" of older servers (voipbin-api.md 10). */
export const LEGACY_UNSET = '9999-01-01 00:00:00.000000'

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
