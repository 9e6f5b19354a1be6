interface Identified {
  readonly id: string
}

/** What a table that holds still draws, and how much it keeps back. */
export interface Standstill<R> {
  readonly rows: readonly R[]
  /** How many would come, go or move if it caught up. */
  readonly waiting: number
}

/**
 * The rows of a table that holds still: those that were drawn when somebody began to aim, in that order, each as it
 * is now. Who is no longer known at all stays as he was.
 *
 * @param drawn the rows as they were drawn then
 * @param all everyone as known now
 * @param next the rows that would be drawn now
 */
export function holdStill<R extends Identified>(
  drawn: readonly R[],
  all: readonly R[],
  next: readonly R[],
): Standstill<R> {
  const now = new Map(all.map((row) => [row.id, row]))
  return { rows: drawn.map((row) => now.get(row.id) ?? row), waiting: countChanges(drawn, next) }
}

/** How many rows come, go or move between two orders; as few moves as explain it. */
export function countChanges(before: readonly Identified[], after: readonly Identified[]): number {
  if (isSameOrder(before, after)) return 0
  const places = new Map(before.map(({ id }, index) => [id, index]))
  const stayed = after.flatMap(({ id }) => places.get(id) ?? [])
  const [gone, come] = [before.length - stayed.length, after.length - stayed.length]
  return gone + come + (stayed.length - longestRising(stayed))
}

const isSameOrder = (before: readonly Identified[], after: readonly Identified[]): boolean =>
  before.length === after.length && before.every(({ id }, index) => id === after[index]?.id)

/** How many of different numbers can be left standing so that they rise: the others have moved. */
function longestRising(numbers: readonly number[]): number {
  // At index n the smallest number that ends a rising row of n + 1.
  const ends: number[] = []
  for (const number of numbers) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? Infinity) < number) low = middle + 1
      else high = middle
    }
    ends[low] = number
  }
  return ends.length
}
