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
import type { SortValue } from './order.ts'
import type { Rejoin } from './rejoins.ts'
import type { ParticipantColumn } from './view.ts'

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
  /** Some participants were removed from here, so others may be the same people come back. */
  readonly mayComeBack: boolean
  readonly here: (about: About) => Note | undefined
  readonly gone: (about: About) => Note | undefined
}

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

/** What a row is made from beside its entry. */
export interface RowSources {
  /** The callers known, by call id. */
  readonly callers: { readonly get: (callId: string) => CallerFact | undefined }
  readonly asked: Asked
  readonly insight: Insight | undefined
}

interface Made {
  readonly caller: CallerFact | undefined
  readonly permission: Permission
  readonly tell: Insight['here'] | undefined
  readonly row: ParticipantRow
}

const made = new WeakMap<RosterEntry, Made>()

/** The row of one participant; the same object as before while nothing it shows has changed. */
export function participantRow(entry: RosterEntry, sources: RowSources): ParticipantRow {
  const about = aboutOf(entry, sources)
  const { caller, action, hangUp } = about
  const { permission } = sources.asked
  const before = made.get(entry)
  const tell = tellerOf(entry, sources)
  if (before && before.caller === caller && before.tell === tell) {
    const { row } = before
    const isSame = row.action === action && row.hangUp === hangUp
    if (isSame && before.permission === permission) return row
  }
  const row = makeRow(about, permission, tell?.(about))
  made.set(entry, { caller, permission, tell, row })
  return row
}

function aboutOf(held: RosterEntry, { callers, asked }: RowSources): About {
  const { id, referenceId } = held.participant
  return {
    held,
    caller: referenceId === null ? undefined : callers.get(referenceId),
    action: asked.removals.get(id),
    hangUp: asked.hangUps.get(id),
  }
}

const tellerOf = ({ participant }: RosterEntry, { insight }: RowSources) =>
  isGone(participant) ? insight?.gone : insight?.here

function makeRow(
  { held, caller, action, hangUp }: About,
  permission: Permission,
  note: Note | undefined,
): ParticipantRow {
  const { participant, history } = held
  const requested = isRequested(action)
  const known = knownCaller(caller)
  return {
    id: participant.id,
    participant,
    history,
    label: labelOf(participant, caller),
    number: numberOf(known),
    caller: known,
    identity: identityOf(caller),
    action,
    hangUp,
    requested,
    removal: canRemove(participant, { permission, isAsked: requested }),
    hangUpVerdict: canHangUp(participant, undefined, { permission, isAsked: isRequested(hangUp) }),
    steppedBack: stepBack(held),
    note,
  }
}

const isRequested = (action: Action | undefined): boolean =>
  action !== undefined && isPending(action)

const knownCaller = (caller: CallerFact | undefined): Caller | undefined =>
  caller === 'gone' ? undefined : caller

const labelOf = (participant: Participant, caller: CallerFact | undefined): string =>
  visibleText(participantLabel(participant, caller))

/** The number, where the label is a name; else empty. */
const numberOf = (caller: Caller | undefined): string =>
  caller?.name ? visibleText(caller.number) : ''

function identityOf(caller: CallerFact | undefined): ParticipantRow['identity'] {
  if (caller === undefined) return 'asking'
  if (caller === 'gone') return 'gone'
  return caller.name || caller.number ? 'known' : 'nameless'
}

/** Lower-case text of everything its row shows. */
export function searchTextOf(held: RosterEntry, sources: RowSources): string {
  const { participant } = held
  const about = aboutOf(held, sources)
  const { id, referenceId, createdAt, updatedAt } = participant
  return [
    labelOf(participant, about.caller),
    numberOf(knownCaller(about.caller)),
    participant.status,
    isRequested(about.action) ? 'requested' : '',
    tellerOf(held, sources)?.(about)?.search,
    participant.referenceType,
    ...[createdAt, updatedAt].map((at) => (at ? localText(toMillis(at)) : '')),
    referenceId,
    id,
  ]
    .join(' ')
    .toLowerCase()
}

/** What its row is sorted by. */
export function sortValueOf(
  { participant }: RosterEntry,
  column: ParticipantColumn,
  { callers }: RowSources,
): SortValue {
  switch (column) {
    case 'who':
      return labelOf(participant, callers.get(participant.referenceId ?? ''))
    case 'status':
      return statusRank(participant.status)
    case 'since':
      return -changedAt(participant) || null
    case 'created':
      return participant.createdAt
    case 'updated':
      return participant.updatedAt
    case 'reference':
      return participant.referenceId
    case 'id':
      return participant.id
  }
}

/** Counts by status as they are shown: the four known ones always, in order of the ladder, then any other. */
export const shownCounts = (byStatus: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...PARTICIPANT_STATUSES.map((status) => [status, 0] as const), ...byStatus])
