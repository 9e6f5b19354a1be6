/** The bounds of a pause between tries. Milliseconds. */
export interface Pauses {
  readonly shortest: number
  readonly longest: number
}

/**
 * How long to wait before the next try: doubling, and 25 % more or less by chance so that many tabs do not
 * come back as one; never outside the bounds. Milliseconds.
 *
 * @param failures how many tries have failed before the last one, from 0
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
