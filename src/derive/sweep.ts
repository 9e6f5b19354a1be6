/**
 * How many rows there are in all, when so many were read from a part (0 to 1) of the time: about, so in two
 * digits, and never fewer than were read.
 */
export function aboutAll(read: number, part: number): number {
  if (read === 0 || part <= 0) return read
  const guess = Math.round(Number((read / Math.min(part, 1)).toPrecision(2)))
  return Math.max(guess, read)
}
