const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Longer than anything is kept; a longer duration is a slip of the finger. Seconds. */
const LONGEST = 3650 * 86_400

/** The milliseconds of a duration such as `90s`, `2m`, `1h30m` or `1d`; null for anything else. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d{1,9}[smhd])+$/i.test(text)) return null
  const parts = text.toLowerCase().match(/\d+[smhd]/g) ?? []
  const seconds = parts.reduce(
    (sum, part) => sum + Number.parseInt(part, 10) * (UNITS[part.slice(-1)] ?? 0),
    0,
  )
  return seconds <= LONGEST ? seconds * 1000 : null
}
