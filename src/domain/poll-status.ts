/** What push is good for now. Only while it is open may anything be read more rarely. */
export type PushStatus =
  | { readonly kind: 'off' | 'open' }
  /** With the reason why the last try failed, so that it does not vanish at each try. */
  | { readonly kind: 'connecting'; readonly why?: string }
  | { readonly kind: 'waiting' | 'refused' | 'silent'; readonly why: string }

/** How the poll and push are doing, whichever tab polls. Times are milliseconds since the epoch. */
export interface PollStatus {
  /** When the last whole poll ended; 0 before the first. */
  readonly updatedAt: number
  /** Since when all records that can change have been read again, but for those stuck; 0 before the first poll. */
  readonly readSince: number
  /** How many participants conferences name whose records were not read yet, though that was tried. */
  readonly missing: number
  /** Why the last try failed; null while all is well. */
  readonly failure: Error | null
  /** How many tries in a row have failed. */
  readonly failures: number
  readonly push: PushStatus
}

/** Before the first poll. */
export const NOT_POLLED: PollStatus = {
  updatedAt: 0,
  readSince: 0,
  missing: 0,
  failure: null,
  failures: 0,
  push: { kind: 'off' },
}
