import { isId } from '~/domain/ids.ts'

/** The order of a table: its column, and whether the largest value comes first. */
export interface Sort<Column extends string = string> {
  readonly column: Column
  readonly descending: boolean
}

/** The view of a conference, all of it in the URL, so that a link can be sent to a colleague. */
export interface ParticipantView {
  readonly text: string
  /** Hidden statuses. An unknown status is therefore shown until it is hidden. */
  readonly hidden: readonly string[]
  readonly sort: Sort<ParticipantColumn>
  /** Id of the participant in the open panel. */
  readonly participant: string | null
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
const DEFAULT_CONFERENCE_SORT = { column: 'joined', descending: true } as const

/**
 * Reads the view of a conference from a query string; an invalid part falls back to the default.
 */
export function readParticipantView(query: URLSearchParams): ParticipantView {
  return {
    text: query.get('q') ?? '',
    hidden: query.has('hide') ? splitList(query.get('hide')) : DEFAULT_HIDDEN,
    sort: readSort(query.get('sort'), PARTICIPANT_COLUMNS, DEFAULT_PARTICIPANT_SORT),
    participant: query.get('participant') || null,
  }
}

/** Writes the view of a conference; defaults are left out, so that links stay short. */
export function writeParticipantView(view: ParticipantView): URLSearchParams {
  const query = new URLSearchParams()
  if (view.text) query.set('q', view.text)
  if (!sameSet(view.hidden, DEFAULT_HIDDEN))
    query.set('hide', view.hidden.map(escapeItem).join(','))
  writeSort(query, view.sort, DEFAULT_PARTICIPANT_SORT)
  if (view.participant) query.set('participant', view.participant)
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
