import { createContext, use } from 'react'
import { markedParts, NO_MARKS, type Place } from '~/derive/query/marks.ts'

/** What the filter looks for. */
export const MarksContext = createContext(NO_MARKS)

/** A text with what the filter has found in it marked. */
export function Marked({ text, place }: { text: string; place: Place }) {
  const parts = markedParts(text, use(MarksContext)[place])
  return parts.map((part, at) =>
    part.isMarked ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
      <mark key={at} className="bg-mark text-inherit">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
