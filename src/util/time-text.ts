/** `2026-01-15 14:05:09` in UTC, as support compares times with those in logs. Milliseconds. */
export const utcText = (at: number): string =>
  new Date(at).toISOString().replace('T', ' ').slice(0, -'.000Z'.length)

/** `2026-01-15 14:05:09` in local time. By hand: Intl takes 45 ms to start. Milliseconds. */
export const localText = (at: number): string =>
  utcText(at - new Date(at).getTimezoneOffset() * 60_000)

/** `14:05:09` today, `2026-01-15 14:05:09` on other days, in local time. Arguments in milliseconds. */
export function momentText(at: number, now: number): string {
  const [text, today] = [localText(at), localText(now)]
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
