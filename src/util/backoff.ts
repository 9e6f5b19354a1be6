/** The bounds of a pause between attempts. Milliseconds. */
export interface Pauses {
  readonly shortest: number
  readonly longest: number
}

/**
 * The pause before the next attempt. It doubles with each failure and varies by 25 % at random, so that many tabs do
 * not retry together; it stays within the bounds. Milliseconds.
 *
 * @param failures how many attempts failed before the last one, from 0
 * @param random 0 to 1
 */
export function backoff(
  failures: number,
  { shortest, longest }: Pauses,
  random = Math.random(),
): number {
  const jittered = shortest * 2 ** failures * (0.75 + random / 2)
  return Math.max(shortest, Math.min(jittered, longest * (0.75 + random / 4)))
}
