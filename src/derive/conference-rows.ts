import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { shortId } from '~/domain/ids.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { localText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { searchWords, sortRows, type SortValue } from './order.ts'
import type { ConferenceColumn, ConferenceView } from './view.ts'

/** One line of the conferences table. */
export interface ConferenceRow {
  readonly id: string
  readonly label: string
  /** Not in the server's list (type connect or queue, or deleted) and not read by id yet: null. */
  readonly conference: Conference | null
  readonly counts: Counts
  /** There may be more in it than are counted: their part of the list was not read yet. */
  readonly isPartial: boolean
  /** How many in it are known to have come back after a removal from here. */
  readonly cameBack: number
  /** More may have come back: of some it is not known yet. */
  readonly isCameBackPartial: boolean
  /** The latest change of the conference or of anyone in it. */
  readonly changedAt: Micros | null
  readonly search: string
}

/** Participants of one conference by status, and the latest change among them. */
interface Counts {
  readonly byStatus: ReadonlyMap<string, number>
  readonly live: number
  readonly changedAt: Micros | null
}

const NOBODY: Counts = { byStatus: new Map(), live: 0, changedAt: null }

/** Counts participants per conference, in one pass over all of them. */
export function countParticipants(
  all: ReadonlyMap<string, RosterEntry>,
): ReadonlyMap<string, Counts> {
  const counts = new Map<
    string,
    { byStatus: Map<string, number>; live: number; changedAt: number }
  >()
  for (const { participant } of all.values()) {
    if (participant.conferenceId === null) continue
    let one = counts.get(participant.conferenceId)
    if (!one)
      counts.set(participant.conferenceId, (one = { byStatus: new Map(), live: 0, changedAt: 0 }))
    one.byStatus.set(participant.status, (one.byStatus.get(participant.status) ?? 0) + 1)
    if (!isGone(participant)) one.live += 1
    one.changedAt = Math.max(one.changedAt, changedAt(participant))
  }
  return counts
}

/** Conferences with someone in them that the server does not list (voipbin-api.md quirk 11). */
export const unlistedIds = (
  counts: ReadonlyMap<string, Counts>,
  listed: readonly Conference[],
): readonly string[] => {
  const known = new Set(listed.map(({ id }) => id))
  return [...counts].filter(([id, { live }]) => live > 0 && !known.has(id)).map(([id]) => id)
}

/** What is known of the participants of one conference; all of it unless told otherwise. */
interface Participation {
  readonly counts?: Counts | undefined
  readonly isPartial?: boolean
  readonly cameBack?: number | undefined
  readonly isCameBackPartial?: boolean
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
  } = participation
  const label = visibleText(conference ? conferenceLabel(conference) : shortId(id))
  const latest = Math.max(
    conference?.updatedAt ?? 0,
    conference?.createdAt ?? 0,
    counts.changedAt ?? 0,
  )
  const { type = '', status = '', createdAt = null } = conference ?? {}
  const times = [createdAt, latest].map((at) => (at ? localText(toMillis(at)) : ''))
  return {
    id,
    label,
    conference,
    counts,
    isPartial,
    cameBack,
    isCameBackPartial,
    changedAt: latest || null,
    search: [label, id, type, status, cameBack > 0 ? 'came back' : '', ...times]
      .join(' ')
      .toLowerCase(),
  }
}

/** The rows a view shows, in its order. */
export function viewConferences(
  rows: readonly ConferenceRow[],
  { text, sort }: ConferenceView,
): readonly ConferenceRow[] {
  const words = searchWords(text)
  const shown = rows.filter(({ search }) => words.every((word) => search.includes(word)))
  return sortRows(shown, (row) => sortValue(row, sort.column), sort.descending)
}

function sortValue(row: ConferenceRow, column: ConferenceColumn): SortValue {
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
