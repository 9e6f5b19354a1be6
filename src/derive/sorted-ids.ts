import type { SortValue } from './order.ts'

/** This many are put in their places one by one; of more it is cheaper to go through all once. */
const FEW = 64

/**
 * Where an id stands in a sorted list; -1 if it is not there.
 *
 * @param compare an id of the list with the key and id looked for
 */
export function placeOf(
  ids: readonly string[],
  id: string,
  key: SortValue,
  compare: (a: string, key: SortValue, b: string) => number,
): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(ids[middle] ?? '', key, id) < 0) low = middle + 1
    else high = middle
  }
  return ids[low] === id ? low : -1
}

/** A sorted list without those at some places and with others at theirs; the same list when there are none. */
export function withChanges(
  ids: readonly string[],
  gone: readonly number[],
  come: readonly string[],
  compare: (a: string, b: string) => number,
): readonly string[] {
  if (gone.length + come.length === 0) return ids
  return gone.length + come.length <= FEW
    ? withFew(ids, gone, come, compare)
    : withMany(ids, new Set(gone), come.toSorted(compare), compare)
}

function withFew(
  ids: readonly string[],
  gone: readonly number[],
  come: readonly string[],
  compare: (a: string, b: string) => number,
): readonly string[] {
  const next = [...ids]
  for (const place of gone.toSorted((a, b) => b - a)) next.splice(place, 1)
  for (const id of come) {
    let [low, high] = [0, next.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(next[middle] ?? '', id) < 0) low = middle + 1
      else high = middle
    }
    next.splice(low, 0, id)
  }
  return next
}

function withMany(
  ids: readonly string[],
  gone: ReadonlySet<number>,
  come: readonly string[],
  compare: (a: string, b: string) => number,
): readonly string[] {
  const next: string[] = []
  let waiting = 0
  for (const [place, id] of ids.entries()) {
    if (gone.has(place)) continue
    for (let one = come[waiting]; one !== undefined && compare(one, id) < 0; one = come[waiting]) {
      next.push(one)
      waiting += 1
    }
    next.push(id)
  }
  return [...next, ...come.slice(waiting)]
}
