import { RESULTS, type Result } from './outcome-traits.ts'
import { readSort, writeSort, type Sort } from './view.ts'

export const ACTIVITY_COLUMNS = [
  'when',
  'what',
  'who',
  'conference',
  'result',
  'by',
  'reason',
  'trace',
] as const
export type ActivityColumn = (typeof ACTIVITY_COLUMNS)[number]

/** Which rows of the activity are shown and in which order, all of it in the URL. */
export interface ActivityView {
  readonly text: string
  /** Results not shown. */
  readonly hidden: readonly Result[]
  readonly sort: Sort<ActivityColumn>
}

const DEFAULT_SORT = { column: 'when', descending: true } as const

/** Reads the view of the activity from a query string; what cannot be read falls back to the default. */
export function readActivityView(query: URLSearchParams): ActivityView {
  const hidden = (query.get('hide') ?? '').split(',')
  return {
    text: query.get('q') ?? '',
    hidden: RESULTS.filter((result) => hidden.includes(result)),
    sort: readSort(query.get('sort'), ACTIVITY_COLUMNS, DEFAULT_SORT),
  }
}

/** Writes the view of the activity; what is default is left out, so that links stay short. */
export function writeActivityView({ text, hidden, sort }: ActivityView): URLSearchParams {
  const query = new URLSearchParams()
  if (text) query.set('q', text)
  if (hidden.length > 0) query.set('hide', hidden.join(','))
  writeSort(query, sort, DEFAULT_SORT)
  return query
}
