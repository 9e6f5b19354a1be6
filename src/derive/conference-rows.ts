import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { shortId } from '~/domain/ids.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { timeTexts } from '~/util/time-text.ts'
import { searchable } from '~/util/fold-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { orderBy, searchWords, sortRows, type SortValue } from './order.ts'
import type { ConferenceColumn, ConferenceView } from './view.ts'
import { statusWord } from './status-words.ts'

/** One row of the conferences table. */
export interface ConferenceRow {
  readonly id: string
  readonly label: string
  /**
   * Null when the server does not list it (type connect or queue, or deleted) and it is not read by
   * id yet.
   */
  readonly conference: Conference | null
  readonly counts: Counts
  /**
   * The conference may have more participants than are counted: their part of the list is not read
   * yet.
   */
  readonly isPartial: boolean
  /** How many of its participants are known to have come back after a removal from here. */
  readonly cameBack: number
  /** More may have come back: for some participants it is not known yet. */
  readonly isCameBackPartial: boolean
  /** How many of its participants are joining or leaving for too long. */
  readonly stuck: number
  /** The latest change of the conference or of any participant in it. */
  readonly changedAt: Micros | null
  readonly search: string
}

/** Participants of one conference by status, and their latest change. */
interface Counts {
  readonly byStatus: ReadonlyMap<string, number>
  readonly live: number
  readonly changedAt: Micros
}

const NOBODY: Counts = { byStatus: new Map(), live: 0, changedAt: 0 }

/** A source of participant counts by conference. */
interface CountedRoster {
  readonly conferences: () => Iterable<string>
  readonly countsOf: (conferenceId: string) => Counts | undefined
}

/** Conferences with live participants that the server does not list (voipbin-api.md quirk 11). */
export const unlistedIds = (
  roster: CountedRoster,
  listed: readonly Conference[],
): readonly string[] => {
  const known = new Set(listed.map(({ id }) => id))
  return [...roster.conferences()].filter(
    (id) => !known.has(id) && (roster.countsOf(id)?.live ?? 0) > 0,
  )
}

/** What is known of the participants of one conference; complete unless stated otherwise. */
interface Participation {
  readonly counts?: Counts | undefined
  readonly isPartial?: boolean
  readonly cameBack?: number | undefined
  readonly isCameBackPartial?: boolean
  readonly stuck?: number | undefined
}

/** The row of one conference. */
export function conferenceRow(
  id: string,
  conference: Conference | null,
  participation: Participation = {},
): ConferenceRow {
  const {
    counts = NOBODY,
    isPartial = false,
    cameBack = 0,
    isCameBackPartial = false,
    stuck = 0,
  } = participation
  const label = visibleText(conference ? conferenceLabel(conference) : shortId(id))
  const latest = Math.max(conference?.updatedAt ?? 0, conference?.createdAt ?? 0, counts.changedAt)
  const { type = '', status = '', createdAt = null } = conference ?? {}
  const times = [createdAt, latest].flatMap((at) => (at ? timeTexts(toMillis(at)) : []))
  return {
    id,
    label,
    conference,
    counts,
    isPartial,
    cameBack,
    isCameBackPartial,
    stuck,
    changedAt: latest || null,
    search: searchable(
      [
        label,
        id,
        type,
        ...new Set([status, statusWord(status)]),
        cameBack > 0 ? 'came back' : '',
        stuck > 0 ? 'stuck' : '',
        ...times,
      ].join(' '),
    ),
  }
}

/** What the row of a conference is made of. */
interface RowSource extends Participation {
  readonly id: string
  readonly conference: Conference | null
}

/**
 * Makes the rows of conferences. A row, and the list of all, is the same object while nothing in it has changed, so that
 * it is not drawn again.
 */
export function rowKeeper(): (sources: readonly RowSource[]) => readonly ConferenceRow[] {
  let kept = new Map<string, { readonly source: RowSource; readonly row: ConferenceRow }>()
  let rows: readonly ConferenceRow[] = []
  return (sources) => {
    const before = kept
    kept = new Map(
      sources.map((source) => {
        const { id, conference } = source
        const held = before.get(id)
        const isSame = held && isSameSource(held.source, source)
        return [id, isSame ? held : { source, row: conferenceRow(id, conference, source) }]
      }),
    )
    const next = [...kept.values()].map(({ row }) => row)
    if (next.length !== rows.length || next.some((row, at) => row !== rows[at])) rows = next
    return rows
  }
}

const isSameSource = (one: RowSource, other: RowSource): boolean =>
  one.conference === other.conference &&
  one.counts === other.counts &&
  one.isPartial === other.isPartial &&
  one.cameBack === other.cameBack &&
  one.isCameBackPartial === other.isCameBackPartial &&
  one.stuck === other.stuck

/** Whether it has no participants, as far as it was read to the end. */
const isEmpty = ({ counts, isPartial, cameBack }: ConferenceRow): boolean =>
  counts.live === 0 && cameBack === 0 && !isPartial

/** The conferences of a view. */
export interface ConferenceList {
  /** The rows, in the order of the view. */
  readonly shown: readonly ConferenceRow[]
  /** How many empty conferences match and can be folded away; 0 when all or none of them are empty. */
  readonly empty: number
}

/** The rows that a view shows, in its order. Empty conferences are folded away where others are not empty. */
export function viewConferences(
  rows: readonly ConferenceRow[],
  { text, sort: { column, descending }, withEmpty }: ConferenceView,
): ConferenceList {
  const words = searchWords(text)
  const matching = rows.filter(({ search }) => words.every((word) => search.includes(word)))
  const busy = matching.filter((row) => !isEmpty(row))
  // A search is for a conference, empty or not.
  const canFold = words.length === 0 && busy.length > 0
  const shown = canFold && !withEmpty ? busy : matching
  return {
    shown:
      column === 'now'
        ? byNow(shown, descending)
        : sortRows(shown, (row) => sortValue(row, column), descending),
    empty: canFold ? matching.length - busy.length : 0,
  }
}

/** Whether it needs a look: participants are stuck in it, or came back after a removal. */
const needsALook = ({ stuck, cameBack }: ConferenceRow): boolean => stuck > 0 || cameBack > 0

const NEWEST_FIRST = orderBy(true)

/**
 * What matters now comes first: conferences that need a look, then those with the most people in. Equal ones stay where
 * they are whatever happens in them: newest first.
 */
function byNow(rows: readonly ConferenceRow[], descending: boolean): readonly ConferenceRow[] {
  const sign = descending ? -1 : 1
  return rows.toSorted(
    (a, b) =>
      sign * (Number(needsALook(a)) - Number(needsALook(b)) || a.counts.live - b.counts.live) ||
      NEWEST_FIRST(a.conference?.createdAt ?? null, a.id, b.conference?.createdAt ?? null, b.id),
  )
}

/** How many participants of all conferences have a status, and whether there may be more. */
export const totalOf = (rows: readonly ConferenceRow[], status: string) => ({
  count: rows.reduce((sum, { counts }) => sum + (counts.byStatus.get(status) ?? 0), 0),
  isPartial: rows.some(({ isPartial }) => isPartial),
})

function sortValue(row: ConferenceRow, column: Exclude<ConferenceColumn, 'now'>): SortValue {
  switch (column) {
    case 'name':
      return row.label
    case 'type':
      return row.conference?.type ?? null
    case 'status':
      return row.conference?.status ?? null
    case 'created':
      return row.conference?.createdAt ?? null
    case 'changed':
      return row.changedAt
    default:
      return row.counts.byStatus.get(column) ?? 0
  }
}
