/** `2026-01-15 14:05:09` in UTC, as support compares times with those in logs. Milliseconds. */
export const utcText = (at: number): string =>
  new Date(at).toISOString().replace('T', ' ').slice(0, -'.000Z'.length)

/** `2026-01-15 14:05:09` in local time. By hand: Intl takes 45 ms to start. Milliseconds. */
export const localText = (at: number): string =>
  utcText(at - new Date(at).getTimezoneOffset() * 60_000)

/** Where the clock that times are shown by stands: `local`, `utc`, or a name of the time zone database. */
export type Zone = string

/** `2026-01-15 14:05:09` in a zone. Milliseconds. */
export const zonedText = (at: number, zone: Zone): string =>
  zone === 'utc' ? utcText(at) : zone === 'local' ? localText(at) : clockOf(zone).format(at)

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The clock of a zone of the time zone database, made once: it takes 45 ms. Swedish dates are those of ISO 8601. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  clocks.set(timeZone, clock)
  return clock
}

/** How a zone is named beside times: `UTC`, `UTC+1`, `Asia/Tokyo`. `at` in milliseconds. */
export const zoneName = (zone: Zone, at: number): string =>
  zone === 'utc' ? 'UTC' : zone === 'local' ? localZoneName(at) : zone

/** The texts by which a time is found, whatever zone it is shown in. Milliseconds. */
export const timeTexts = (at: number): readonly string[] => [
  ...new Set([localText(at), utcText(at)]),
]

/** How local time is named: `UTC+1`, `UTC-3:30`, `UTC+0`. `at` in milliseconds: summer time differs. */
export function localZoneName(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset()
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest > 0 ? `:${twoDigits(rest)}` : ''}`
}

/** `14:05:09` today, `2026-01-15 14:05:09` on other days, in a zone. Arguments in milliseconds. */
export function momentText(at: number, now: number, zone: Zone = 'local'): string {
  const [text, today] = [zonedText(at, zone), zonedText(now, zone)]
  return text.slice(0, DAY) === today.slice(0, DAY) ? text.slice(DAY) : text
}

/** The length of `2026-01-15 `. */
const DAY = 11

/** A duration in its two largest units: `8 s`, `3 m 12 s`, `1 h 05 m`, `2 d 03 h`. Milliseconds. */
export function durationText(length: number): string {
  const seconds = Math.max(0, Math.floor(length / 1000))
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)]
  if (seconds < 60) return `${seconds} s`
  if (minutes < 60) return `${minutes} m ${twoDigits(seconds % 60)} s`
  if (hours < 24) return `${hours} h ${twoDigits(minutes % 60)} m`
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`
}

const twoDigits = (count: number): string => String(count).padStart(2, '0')
