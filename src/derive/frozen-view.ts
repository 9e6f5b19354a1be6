import type { IdList } from './id-list.ts'

/** The rows that a frozen table draws, and how many changes it holds back. */
export interface FrozenView {
  readonly ids: IdList
  /** How many rows would arrive, leave or move without the freeze. */
  readonly waiting: number
}

/**
 * The rows of a frozen table: those drawn when the freeze began, in that order, each with its
 * current values.
 *
 * @param drawn ids of the rows drawn when the freeze began
 * @param next ids of the rows that would be drawn now
 */
export const freezeRows = (drawn: readonly string[], next: IdList): FrozenView => ({
  ids: drawn,
  waiting: countChanges(drawn, next.slice()),
})

/** The fewest rows that arrive, leave or move between two orders. */
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

/** The length of the longest increasing subsequence: the rows outside it have moved. */
function longestRising(numbers: readonly number[]): number {
  // At index n: the smallest number that ends an increasing subsequence of length n + 1.
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
