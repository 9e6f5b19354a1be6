import { isAboutConference, type Action } from '~/domain/action.ts'
import { shortId } from '~/domain/ids.ts'
import { isSameOutcome, type Outcome } from '~/domain/outcome.ts'
import { timeTexts } from '~/util/time-text.ts'
import { searchable } from '~/util/fold-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { ACTION_NAME } from './action-text.ts'
import type { ActivityColumn, ActivityView } from './activity-view.ts'
import { csvOf } from './csv.ts'
import { searchWords, sortRows, type SortValue } from './order.ts'
import { resultText } from './outcome-text.ts'
import { OUTCOME_TRAITS, RESULTS, type Result } from './outcome-traits.ts'

/** A row of the activity table. All text is safe to show. */
export interface ActivityRow {
  readonly id: string
  readonly action: Action
  readonly what: string
  readonly label: string
  /** The number, where the label is another; else empty. */
  readonly number: string
  /** Empty where the record does not say. */
  readonly conference: string
  readonly conferenceId: string | null
  readonly by: string
  readonly reason: string
  readonly outcome: Outcome
  readonly result: Result
  readonly resultText: string
  /** What the server said or what was found; empty when all went as expected. */
  readonly details: string
  /** Lower-case text of everything shown. */
  readonly search: string
}

const made = new WeakMap<Action, ActivityRow>()

/** The row of an action; the same object as before while the action and its outcome are the same. */
export function activityRow(action: Action, outcome: Outcome): ActivityRow {
  const before = made.get(action)
  if (before && isSameOutcome(before.outcome, outcome)) return before
  const row = makeRow(action, outcome)
  made.set(action, row)
  return row
}

function makeRow(action: Action, outcome: Outcome): ActivityRow {
  const { id, kind, target, text, requestedAt, trace } = action
  const conferenceId = isAboutConference(kind) ? target.id : target.conferenceId
  const row = {
    id,
    action,
    what: ACTION_NAME[kind],
    label: visibleText(target.label),
    number: target.number === target.label ? '' : visibleText(target.number),
    conference: visibleText(target.conferenceLabel || shortId(conferenceId ?? '')),
    conferenceId,
    by: visibleText(action.by),
    reason: visibleText(action.reason),
    outcome,
    result: OUTCOME_TRAITS[outcome.state].result,
    resultText: resultText(action, outcome),
    details: visibleText(text),
  }
  const { what, label, number, conference, by, reason, details } = row
  const shown = [what, label, number, conference, by, reason, row.resultText, details, trace]
  const ids = [target.id, conferenceId, target.callId]
  const search = searchable([...shown, ...ids, ...timeTexts(requestedAt)].join(' '))
  return { ...row, search }
}

/** The rows a view shows, in its order. */
export function viewActivity(
  rows: readonly ActivityRow[],
  { text, hidden, sort }: ActivityView,
): readonly ActivityRow[] {
  const words = searchWords(text)
  const shown = rows.filter(
    ({ result, search }) =>
      !hidden.includes(result) && words.every((word) => search.includes(word)),
  )
  return sortRows(shown, SORT_VALUE[sort.column], sort.descending)
}

const SORT_VALUE: Readonly<Record<ActivityColumn, (row: ActivityRow) => SortValue>> = {
  when: ({ action }) => action.requestedAt,
  what: (row) => row.what,
  who: (row) => row.label,
  conference: (row) => row.conference || null,
  result: ({ result }) => RESULTS.indexOf(result),
  by: (row) => row.by || null,
  reason: (row) => row.reason || null,
  trace: ({ action, details }) => action.trace || details || null,
}

/** How many rows have each result, with all results, in the order of the work. */
export function countByResult(rows: readonly ActivityRow[]): ReadonlyMap<Result, number> {
  const counts = new Map<Result, number>(RESULTS.map((result) => [result, 0]))
  for (const { result } of rows) counts.set(result, (counts.get(result) ?? 0) + 1)
  return counts
}

const CSV_COLUMNS: ReadonlyArray<readonly [header: string, cell: (row: ActivityRow) => string]> = [
  ['requested (UTC)', ({ action }) => isoTime(action.requestedAt)],
  ['sent (UTC)', ({ action }) => isoTime(action.sentAt)],
  ['answered (UTC)', ({ action }) => isoTime(action.answeredAt)],
  ['leaving (UTC)', ({ outcome }) => isoTime(outcome.leavingAt)],
  ['gone (UTC)', ({ outcome }) => isoTime(outcome.goneAt)],
  ['action', (row) => row.what],
  ['who', ({ action }) => action.target.label],
  ['number', ({ action }) => action.target.number],
  ['status then', ({ action }) => action.target.status],
  ['conference', (row) => row.conference],
  ['result', (row) => row.resultText],
  ['details', ({ action }) => action.text],
  ['trace', ({ action }) => action.trace],
  ['by', ({ action }) => action.by],
  ['reason', ({ action }) => action.reason],
  ['id', ({ action }) => action.target.id],
  ['call id', ({ action }) => action.target.callId ?? ''],
  ['conference id', (row) => row.conferenceId ?? ''],
]

const isoTime = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())

/** Rows as a CSV file with a header: times in ISO 8601, UTC. */
export const activityCsv = (rows: readonly ActivityRow[]): string =>
  csvOf([
    CSV_COLUMNS.map(([header]) => header),
    ...rows.map((row) => CSV_COLUMNS.map(([, cell]) => cell(row))),
  ])

/** The name of the file, with the day in UTC, as its times. `now` in milliseconds. */
export const activityFileName = (now: number): string =>
  `rollcall-activity-${new Date(now).toISOString().slice(0, 10)}.csv`
