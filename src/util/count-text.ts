/** A count as it is shown, and as assistive technology says it. */
interface CountText {
  readonly shown: string
  readonly said: string
}

/** The text of a count. With `isPartial` the true count may be higher. */
export function countText(count: number, isPartial: boolean): CountText {
  const text = String(count)
  if (!isPartial) return { shown: text, said: text }
  return count === 0
    ? { shown: '?', said: 'not known yet' }
    : { shown: `≥ ${text}`, said: `at least ${text}` }
}
