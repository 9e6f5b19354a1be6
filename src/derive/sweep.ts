/** Of less time than that nothing can be told of the rest: half an hour of a day. */
const ENOUGH = 0.02

/**
 * How many rows there are in all, when so many were read from a part (0 to 1) of the time: about, so in two
 * digits, and never fewer than were read; null while that is anybody's guess.
 */
export function aboutAll(read: number, part: number): number | null {
  if (part < ENOUGH) return null
  const guess = Math.round(Number((read / Math.min(part, 1)).toPrecision(2)))
  return Math.max(guess, read)
}
