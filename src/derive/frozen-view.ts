/** What a table that is frozen still draws, and how much it keeps back. */
export interface FrozenView {
  readonly ids: readonly string[]
  /** How many would come, go or move if it caught up. */
  readonly waiting: number
}

/**
 * The rows of a table that is frozen: those that were drawn when the aim began, in that order. Each is drawn as it is now.
 *
 * @param drawn ids of the rows as they were drawn then
 * @param next ids of the rows that would be drawn now
 */
export const freezeRows = (drawn: readonly string[], next: readonly string[]): FrozenView => ({
  ids: drawn,
  waiting: countChanges(drawn, next),
})

/** How many rows come, go or move between two orders; as few moves as explain it. */
export function countChanges(before: readonly string[], after: readonly string[]): number {
  if (isSameOrder(before, after)) return 0
  const places = new Map(before.map((id, index) => [id, index]))
  const stayed = after.flatMap((id) => places.get(id) ?? [])
  const [gone, come] = [before.length - stayed.length, after.length - stayed.length]
  return gone + come + (stayed.length - longestRising(stayed))
}

const isSameOrder = (before: readonly string[], after: readonly string[]): boolean =>
  before === after ||
  (before.length === after.length && before.every((id, index) => id === after[index]))

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
