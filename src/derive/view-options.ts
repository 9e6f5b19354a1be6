import type { ParticipantView } from './view.ts'

/** The options that decide which participants are shown, and in which order. */
export type Options = Pick<ParticipantView, 'text' | 'hidden' | 'sort'>

/** Whether both sort the same way. */
export const isSameSort = (a: Options, b: Options): boolean =>
  a.sort.column === b.sort.column && a.sort.descending === b.sort.descending

/** Whether both match the same participants. */
export const isSameFilter = (a: Options, b: Options): boolean =>
  a.text === b.text && String(a.hidden) === String(b.hidden)
