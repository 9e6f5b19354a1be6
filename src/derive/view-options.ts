import { searchWords } from './order.ts'
import type { ParticipantView } from './view.ts'

/** The options that decide which participants are shown, and in which order. */
export type Options = Pick<ParticipantView, 'text' | 'hidden' | 'sort'>

/** Whether both sort the same way. */
export const isSameSort = (a: Options, b: Options): boolean =>
  a.sort.column === b.sort.column && a.sort.descending === b.sort.descending

/** Whether both match the same participants. */
export const isSameFilter = (a: Options, b: Options): boolean =>
  a.text === b.text && String(a.hidden) === String(b.hidden)

/**
 * Whether what did not match before cannot match now: each former word is part of a current one.
 */
export function isNarrower(before: Options, { text, hidden }: Options): boolean {
  const words = searchWords(text)
  const isPart = (word: string) => words.some((one) => one.includes(word))
  return String(before.hidden) === String(hidden) && searchWords(before.text).every(isPart)
}
