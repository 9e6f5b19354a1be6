/** An ISO-like format in every language, because support compares times with those in logs. */
const ISO_LIKE = 'sv-SE'

const localClock = new Intl.DateTimeFormat(ISO_LIKE, { timeStyle: 'medium' })
const localFull = new Intl.DateTimeFormat(ISO_LIKE, { dateStyle: 'short', timeStyle: 'medium' })
const localDay = new Intl.DateTimeFormat(ISO_LIKE, { dateStyle: 'short' })
const utcFull = new Intl.DateTimeFormat(ISO_LIKE, {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/** `14:05:09` today, `2026-01-15 14:05:09` on other days, in local time. Arguments in milliseconds. */
export const momentText = (at: number, now: number): string =>
  localDay.format(at) === localDay.format(now) ? localClock.format(at) : localFull.format(at)

/** Offsets from UTC change, and differ, by whole quarters of an hour. Milliseconds. */
const QUARTER = 15 * 60_000

/** So many quarters are kept: ten days, and what was asked for beyond them. */
const QUARTERS = 1000

const quarters = new Map<number, string>()

/** The text of the beginning of a quarter of an hour, formatted once: Intl takes a microsecond or two each time. */
function quarterText(quarter: number): string {
  const known = quarters.get(quarter)
  if (known !== undefined) return known
  if (quarters.size >= QUARTERS) quarters.clear()
  const text = localFull.format(quarter * QUARTER)
  quarters.set(quarter, text)
  return text
}

/** `2026-01-15 14:05:09` in local time. Milliseconds. */
export function localText(at: number): string {
  const quarter = Math.floor(at / QUARTER)
  const start = quarterText(quarter)
  const seconds = Math.floor((at - quarter * QUARTER) / 1000)
  const [minute, second] = [Number(start.slice(14, 16)), Number(start.slice(17))]
  // Local mean times of long ago had odd seconds, and years have more than four digits one day.
  if (start.length !== 19 || second !== 0 || minute % 15 !== 0) return localFull.format(at)
  return `${start.slice(0, 14)}${twoDigits(minute + Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}`
}

/** `2026-01-15 14:05:09` in UTC. Milliseconds. */
export const utcText = (at: number): string => utcFull.format(at)

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
