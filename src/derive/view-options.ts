import type { ParticipantView } from './view.ts'

/** The options that decide which participants are shown, and in which order. */
export interface Options extends Pick<ParticipantView, 'text' | 'hidden' | 'sort'> {
  /** Milliseconds on the server's clock, for a query that depends on time: another value filters anew. */
  readonly now?: number
}

/** Whether both sort the same way. */
export const isSameSort = (a: Options, b: Options): boolean =>
  a.sort.column === b.sort.column && a.sort.descending === b.sort.descending

/** Whether both match the same participants. */
export const isSameFilter = (a: Options, b: Options): boolean =>
  a.text === b.text && a.now === b.now && String(a.hidden) === String(b.hidden)
