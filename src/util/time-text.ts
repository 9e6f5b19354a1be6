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

/** `2026-01-15 14:05:09` in local time. Milliseconds. */
export const localText = (at: number): string => localFull.format(at)

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
