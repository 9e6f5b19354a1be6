import { createContext } from 'react'
import type { Share } from '~/derive/selection.ts'

/** What the table knows of the rows that are not on the screen. */
export interface TableTotals {
  /** How many rows there are in all. */
  readonly count: number
  /** How many of all rows are selected. */
  readonly share: Share
}

/** For the header that shows it: as an option of the table, each key in the filter would draw all headers anew. */
export const TotalsContext = createContext<TableTotals>({ count: 0, share: 'none' })
