import { countText } from '~/util/count-text.ts'

/** A count as it is drawn; a screen reader says "at least 3", and "not known yet" for none so far. */
export function Count({ count, isPartial }: { count: number; isPartial: boolean }) {
  const { shown, said } = countText(count, isPartial)
  if (!isPartial) return shown
  return (
    <span title={said}>
      <span aria-hidden>{shown}</span>
      <span className="sr-only">{said}</span>
    </span>
  )
}
