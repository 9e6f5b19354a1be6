/** A count as it is drawn, and as it is said. */
interface CountText {
  readonly shown: string
  readonly said: string
}

/** A count of what is known, which is the whole count unless `isPartial`: then there may be more. */
export function countText(count: number, isPartial: boolean): CountText {
  const text = String(count)
  if (!isPartial) return { shown: text, said: text }
  return count === 0
    ? { shown: '?', said: 'not known yet' }
    : { shown: `≥ ${text}`, said: `at least ${text}` }
}
