import { isPending, latestBy, type Action } from '~/domain/action.ts'
import { participantLabel, type Caller, type CallerFact } from '~/domain/call.ts'
import { canHangUp, canRemove, type Permission, type Verdict } from '~/domain/capability.ts'
import { stepBack, type RosterEntry, type StatusChange } from '~/domain/merge.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { PARTICIPANT_STATUSES, statusRank } from '~/domain/participant-status.ts'
import { toMillis } from '~/domain/time.ts'
import { localText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import type { Departure } from './departures.ts'
import { searchWords, sortRows, type SortValue } from './order.ts'
import type { Rejoin } from './rejoins.ts'
import type { ParticipantColumn, ParticipantView } from './view.ts'

/** One line of the participants table. */
export interface ParticipantRow {
  readonly id: string
  readonly participant: Participant
  /** Every status the server was seen to report, oldest first. */
  readonly history: readonly StatusChange[]
  /** Name, number or short id: never empty. */
  readonly label: string
  /** The number, where the label is a name; else empty. */
  readonly number: string
  /** Name and number as the call has them; undefined while they are not known. */
  readonly caller: Caller | undefined
  /** Is the caller known, still being asked for, without name and number, or is the call itself gone? */
  readonly identity: 'known' | 'asking' | 'nameless' | 'gone'
  /** The latest removal asked for from here. */
  readonly action: Action | undefined
  /** The latest hang-up of the call asked for from here. */
  readonly hangUp: Action | undefined
  /** A removal is under way from here and the server has not answered yet. */
  readonly requested: boolean
  readonly removal: Verdict
  /** Whether the call may be hung up, as far as that is known without reading it. */
  readonly hangUpVerdict: Verdict
  /** What the server turned back, if it did: `leaving` that became `joined` again. */
  readonly steppedBack: StatusChange | undefined
  /** Whether he came back or how he left, once what tells that is loaded. */
  readonly note: Note | undefined
  /** Lower-case text of everything shown. */
  readonly search: string
}

/** What is known of a participant beyond its record. */
export interface Note {
  /** Of a participant that is connected. */
  readonly rejoin?: Rejoin
  /** Of a participant that has left, and of one that is joining although its call has ended. */
  readonly departure?: Departure
  /** Lower-case words it is found by. */
  readonly search: string
}

/** What a note is made from. */
export interface About {
  readonly held: RosterEntry
  readonly caller: CallerFact | undefined
  readonly action: Action | undefined
  readonly hangUp: Action | undefined
}

/** What tells more about those who are here and those who are gone; another function as soon as it tells another. */
export interface Insight {
  readonly here: (about: About) => Note | undefined
  readonly gone: (about: About) => Note | undefined
}

/** The callers known, by call id. */
type Callers = ReadonlyMap<string, CallerFact>

/** What was asked for from here about participants, by their ids. */
export interface Asked {
  /** Of who would ask. */
  readonly permission: Permission
  readonly removals: ReadonlyMap<string, Action>
  readonly hangUps: ReadonlyMap<string, Action>
}

/** What was asked for, the latest of each kind. */
export const askedOf = (actions: ReadonlyMap<string, Action>, permission: Permission): Asked => ({
  permission,
  removals: latestBy(actions.values(), ['remove']),
  hangUps: latestBy(actions.values(), ['hang-up']),
})

interface Made {
  readonly caller: CallerFact | undefined
  readonly permission: Permission
  readonly tell: Insight['here'] | undefined
  readonly row: ParticipantRow
}

const made = new WeakMap<RosterEntry, Made>()

/** The row of one participant; the same object as before while nothing it shows has changed. */
export function participantRow(
  held: RosterEntry,
  callers: Callers,
  asked: Asked,
  insight?: Insight,
): ParticipantRow {
  const { id, referenceId } = held.participant
  const caller = callers.get(referenceId ?? '')
  const [action, hangUp] = [asked.removals.get(id), asked.hangUps.get(id)]
  const before = made.get(held)
  const tell = isGone(held.participant) ? insight?.gone : insight?.here
  const { permission } = asked
  if (before && before.caller === caller && before.tell === tell) {
    const { row } = before
    const isSame = row.action === action && row.hangUp === hangUp
    if (isSame && before.permission === permission) return row
  }
  const about = { held, caller, action, hangUp }
  const row = makeRow(about, permission, tell?.(about))
  made.set(held, { caller, permission, tell, row })
  return row
}

function makeRow(
  { held, caller, action, hangUp }: About,
  permission: Permission,
  note: Note | undefined,
): ParticipantRow {
  const { participant, history } = held
  const requested = action !== undefined && isPending(action)
  const label = visibleText(participantLabel(participant, caller))
  const known = caller !== undefined && caller !== 'gone' ? caller : undefined
  const row = {
    id: participant.id,
    participant,
    history,
    label,
    number: known?.name ? visibleText(known.number) : '',
    caller: known,
    identity: identityOf(caller),
    action,
    hangUp,
    requested,
    removal: canRemove(participant, { permission, isAsked: requested }),
    hangUpVerdict: canHangUp(participant, undefined, {
      permission,
      isAsked: hangUp !== undefined && isPending(hangUp),
    }),
    steppedBack: stepBack(held),
    note,
  } as const
  return { ...row, search: searchText(row) }
}

function identityOf(caller: CallerFact | undefined): ParticipantRow['identity'] {
  if (caller === undefined) return 'asking'
  if (caller === 'gone') return 'gone'
  return caller.name || caller.number ? 'known' : 'nameless'
}

function searchText(row: Omit<ParticipantRow, 'search'>): string {
  const { participant, label, number } = row
  const times = [changedAt(participant), participant.createdAt, participant.updatedAt]
  return [
    label,
    number,
    participant.status,
    row.requested ? 'requested' : '',
    row.note?.search,
    participant.referenceType,
    participant.referenceId,
    participant.id,
    ...times.map((at) => (at ? localText(toMillis(at)) : '')),
  ]
    .join(' ')
    .toLowerCase()
}

/** Everyone who is or was in a conference, as far as we know, in no order. */
export const inConference = (
  all: ReadonlyMap<string, RosterEntry>,
  conferenceId: string,
): readonly RosterEntry[] =>
  [...all.values()].filter((held) => held.participant.conferenceId === conferenceId)

/** The rows a view shows, in its order. */
export function viewParticipants(
  rows: readonly ParticipantRow[],
  { text, hidden, sort }: ParticipantView,
): readonly ParticipantRow[] {
  const words = searchWords(text)
  const shown = rows.filter(
    ({ participant, search }) =>
      !hidden.includes(participant.status) && words.every((word) => search.includes(word)),
  )
  return sortRows(shown, SORT_VALUE[sort.column], sort.descending)
}

const SORT_VALUE: Readonly<Record<ParticipantColumn, (row: ParticipantRow) => SortValue>> = {
  who: (row) => row.label,
  status: ({ participant }) => statusRank(participant.status),
  since: ({ participant }) => -changedAt(participant) || null,
  created: ({ participant }) => participant.createdAt,
  updated: ({ participant }) => participant.updatedAt,
  reference: ({ participant }) => participant.referenceId,
  id: (row) => row.id,
}

/** How many rows have each status: the four known ones always, in order of the ladder, then any other. */
export function countByStatus(rows: readonly ParticipantRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>(PARTICIPANT_STATUSES.map((status) => [status, 0]))
  for (const { participant } of rows) {
    counts.set(participant.status, (counts.get(participant.status) ?? 0) + 1)
  }
  return counts
}
