import { isId } from '~/domain/ids.ts'

/** The order of a table: its column, and whether the largest value comes first. */
export interface Sort<Column extends string = string> {
  readonly column: Column
  readonly descending: boolean
}

/** The view of a table of participants, all of it in the URL, so that a link can be sent to a colleague. */
export interface ParticipantView {
  readonly text: string
  /** Hidden statuses. An unknown status is therefore shown until it is hidden. */
  readonly hidden: readonly string[]
  readonly sort: Sort<ParticipantColumn>
  /** By conference, where there are several. */
  readonly isGrouped: boolean
  /** Id of the participant in the open panel. */
  readonly participant: string | null
  /** What the link sets of the look (look.ts), as it came: a change of the view keeps it. */
  readonly look: string
}

/** The view of the conference list. */
export interface ConferenceView {
  readonly text: string
  /** Conferences without anyone in them are listed, too. */
  readonly withEmpty: boolean
  readonly sort: Sort<ConferenceColumn>
}

export const PARTICIPANT_COLUMNS = [
  'who',
  'conference',
  'status',
  'since',
  'created',
  'updated',
  'reference',
  'id',
] as const
export type ParticipantColumn = (typeof PARTICIPANT_COLUMNS)[number]

export const CONFERENCE_COLUMNS = [
  'name',
  'type',
  'status',
  'now',
  'joining',
  'joined',
  'leaving',
  'leaved',
  'created',
  'changed',
] as const
export type ConferenceColumn = (typeof CONFERENCE_COLUMNS)[number]

/** Participants that are gone are hidden by default. */
export const DEFAULT_HIDDEN: readonly string[] = ['leaved']

const DEFAULT_PARTICIPANT_SORT = { column: 'created', descending: true } as const
const DEFAULT_CONFERENCE_SORT = { column: 'now', descending: true } as const

/**
 * Reads the view of a table of participants from a query string; an invalid part falls back to the default.
 */
export function readParticipantView(query: URLSearchParams): ParticipantView {
  return {
    text: query.get('q') ?? '',
    hidden: query.has('hide') ? splitList(query.get('hide')) : DEFAULT_HIDDEN,
    sort: readSort(query.get('sort'), PARTICIPANT_COLUMNS, DEFAULT_PARTICIPANT_SORT),
    isGrouped: query.get('group') === 'conference',
    participant: query.get('participant') || null,
    look: String(new URLSearchParams([...query].filter(([key]) => isLookKey(key)))),
  }
}

/** The names of settings of the look in a link. */
const LOOK_KEYS: readonly string[] = ['cols', 'density', 'zone', 'times']

const isLookKey = (key: string): boolean => LOOK_KEYS.includes(key)

/** All names that a link to participants can have. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  'q',
  'hide',
  'sort',
  'group',
  'participant',
  'save',
  ...LOOK_KEYS,
])

/** Longer names would push the sentence aside. Characters. */
const LONGEST_KEY = 20

/** What of a link to participants is ignored, as sentences: parts of a later version, or damaged on the way. */
export function linkProblems(query: URLSearchParams): readonly string[] {
  const unknown = [...query.keys()].filter((key) => !KNOWN_KEYS.has(key))
  const sort = query.get('sort')
  const isSort = PARTICIPANT_COLUMNS.some((one) => one === sort?.replace(/^-/, ''))
  return [
    ...(unknown.length > 0
      ? [
          `The link has parts that are not known here: ${unknown.map((key) => key.slice(0, LONGEST_KEY)).join(', ')}.`,
        ]
      : []),
    ...(sort === null || isSort ? [] : [`There is no column ${sort} to sort by.`]),
  ]
}

/** A query string as it was written: some mail programs make `&amp;` of each `&`. */
export const mendedQuery = (query: URLSearchParams): URLSearchParams =>
  [...query.keys()].some((key) => key.startsWith('amp;'))
    ? new URLSearchParams([...query].map(([key, value]) => [key.replace(/^(?:amp;)+/, ''), value]))
    : query

/** Writes the view of a table of participants; defaults are left out, so that links stay short. */
export function writeParticipantView(view: ParticipantView): URLSearchParams {
  const query = new URLSearchParams()
  if (view.text) query.set('q', view.text)
  if (!sameSet(view.hidden, DEFAULT_HIDDEN))
    query.set('hide', view.hidden.map(escapeItem).join(','))
  writeSort(query, view.sort, DEFAULT_PARTICIPANT_SORT)
  if (view.isGrouped) query.set('group', 'conference')
  if (view.participant) query.set('participant', view.participant)
  for (const [key, value] of new URLSearchParams(view.look)) query.set(key, value)
  return query
}

/** Reads the view of the conference list from a query string. */
export const readConferenceView = (query: URLSearchParams): ConferenceView => ({
  text: query.get('q') ?? '',
  withEmpty: query.get('empty') === 'show',
  sort: readSort(query.get('sort'), CONFERENCE_COLUMNS, DEFAULT_CONFERENCE_SORT),
})

/** Writes the view of the conference list. */
export function writeConferenceView(view: ConferenceView): URLSearchParams {
  const query = new URLSearchParams()
  if (view.text) query.set('q', view.text)
  if (view.withEmpty) query.set('empty', 'show')
  writeSort(query, view.sort, DEFAULT_CONFERENCE_SORT)
  return query
}

/** A status shown becomes hidden and the other way round. */
export const toggleHidden = (hidden: readonly string[], status: string): readonly string[] =>
  hidden.includes(status) ? hidden.filter((one) => one !== status) : [...hidden, status]

/** Whether the `participant` of a link can be an id; if not, no request is worth sending. */
export const isParticipantId = isId

/** Reads the order from a query string; the fallback when it is invalid. */
export function readSort<C extends string>(
  text: string | null,
  columns: readonly C[],
  fallback: Sort<C>,
): Sort<C> {
  const name = text?.replace(/^-/, '')
  const column = columns.find((one) => one === name)
  return column ? { column, descending: text?.startsWith('-') ?? false } : fallback
}

/** Writes an order; the fallback is left out. */
export function writeSort(query: URLSearchParams, sort: Sort, fallback: Sort): void {
  if (sort.column === fallback.column && sort.descending === fallback.descending) return
  query.set('sort', `${sort.descending ? '-' : ''}${sort.column}`)
}

/** A status is the server's text and may contain the comma that separates the list. */
const escapeItem = (item: string): string => item.replaceAll('%', '%25').replaceAll(',', '%2C')

const splitList = (text: string | null): readonly string[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .filter(Boolean)
      .map((item) => item.replaceAll('%2C', ',').replaceAll('%25', '%')),
  ),
]

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item))
