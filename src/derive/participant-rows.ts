import { isRequested, type Action } from '~/domain/action.ts'
import {
  callerName,
  knownCaller,
  participantLabel,
  type Caller,
  type CallerFact,
  type Mute,
} from '~/domain/call.ts'
import { canHangUp, canRemove, type Permission, type Verdict } from '~/domain/capability.ts'
import { historyOf, stepBack, type RosterEntry, type StatusChange } from '~/domain/merge.ts'
import { endedAt } from '~/domain/mute.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import { PARTICIPANT_STATUSES } from '~/domain/participant-status.ts'
import type { Micros } from '~/domain/time.ts'
import type { Zone } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import type { Asked } from './asked.ts'
import type { Departure } from './departures.ts'
import type { Rejoin } from './rejoins.ts'

/** One row of the participants table. */
export interface ParticipantRow {
  readonly id: string
  readonly participant: Participant
  /** Every status that the server reported, oldest first. */
  readonly history: readonly StatusChange[]
  /** Name, number or short id: never empty. */
  readonly label: string
  /** The number, when the label is a name; else empty. */
  readonly number: string
  /** Label and number: controls of two participants of one name are told apart by it. */
  readonly fullLabel: string
  /** Name and number of the caller; undefined while they are unknown. */
  readonly caller: Caller | undefined
  /**
   * Whether the caller is known, still to be read, without name and number, or the call itself is
   * gone.
   */
  readonly identity: 'known' | 'asking' | 'nameless' | 'gone'
  /** The latest removal requested from here. */
  readonly action: Action | undefined
  /** The latest hang-up of the call requested from here. */
  readonly hangUp: Action | undefined
  /** How the call is muted, by its newest record; undefined while that is unknown. */
  readonly mute: Mute | undefined
  /** The latest mute or unmute requested from here. */
  readonly muting: Action | undefined
  /** The latest hold, or its end, requested from this tab: no record tells of it (voipbin-api.md 15). */
  readonly holding: Action | undefined
  /** The permission of the current account. */
  readonly permission: Permission
  /** A removal from here is under way and the server has not answered yet. */
  readonly requested: boolean
  readonly removal: Verdict
  /** Whether the call may be hung up, as far as the participant tells. */
  readonly hangUpVerdict: Verdict
  /** The status that the server reverted, if any: `leaving` that became `joined` again. */
  readonly steppedBack: StatusChange | undefined
  /** The participant's return or departure, once the code and data for it are loaded. */
  readonly note: Annotation | undefined
}

/** What is known of a participant beyond its record. */
export interface Annotation {
  /** For a connected participant. */
  readonly rejoin?: Rejoin
  /** For a participant that has left, or that is joining although its call has ended. */
  readonly departure?: Departure
  /** Lower-case words by which the filter finds it. */
  readonly search: string
}

/** The input of a note. */
export interface RowContext {
  readonly held: RosterEntry
  readonly caller: CallerFact | undefined
  readonly action: Action | undefined
  readonly hangUp: Action | undefined
  readonly muting: Action | undefined
  readonly holding: Action | undefined
}

/**
 * Makes notes for participants that are connected and that are gone; a new function when its notes
 * may differ.
 */
export interface Annotator {
  /** Some participants were removed from here, so others may be the same callers again. */
  readonly mayComeBack: boolean
  readonly here: (about: RowContext) => Annotation | undefined
  readonly gone: (about: RowContext) => Annotation | undefined
}

/** What a row is made from, beside its entry. */
export interface RowSources {
  /** The known callers, by call id. */
  readonly callers: { readonly get: (callId: string) => CallerFact | undefined }
  readonly asked: Asked
  readonly annotator: Annotator | undefined
  /** The zone in which times are shown, and found: local by default. */
  readonly zone?: Zone
  /** The names of conferences, by id; undefined while one is not known. */
  readonly conferenceName?: (id: string) => string | undefined
  /** Rows are of several conferences: their names are part of what is shown, and found. */
  readonly isAcross?: boolean
}

interface Made {
  readonly caller: CallerFact | undefined
  readonly permission: Permission
  readonly tell: Annotator['here'] | undefined
  readonly row: ParticipantRow
}

const made = new WeakMap<RosterEntry, Made>()

/** The row of one participant; the same object while nothing it shows has changed. */
export function participantRow(entry: RosterEntry, sources: RowSources): ParticipantRow {
  const about = aboutOf(entry, sources)
  const { caller } = about
  const { permission } = sources.asked
  const before = made.get(entry)
  const tell = tellerOf(entry, sources)
  if (before && before.caller === caller && before.tell === tell) {
    const { row } = before
    const isSame = ACTIONS.every((name) => row[name] === about[name])
    if (isSame && before.permission === permission) return row
  }
  const row = makeRow(about, permission, tell?.(about))
  made.set(entry, { caller, permission, tell, row })
  return row
}

/** What of a row was requested from here. */
const ACTIONS = ['action', 'hangUp', 'muting', 'holding'] as const

/** A row that is made anew each time: to keep it would cost memory for each participant of a file. */
export const unkeptRow = (entry: RosterEntry, sources: RowSources): ParticipantRow =>
  makeRow(aboutOf(entry, sources), sources.asked.permission, noteOf(entry, sources))

/** What a row is made of. */
export function aboutOf(held: RosterEntry, { callers, asked }: RowSources): RowContext {
  const { id, referenceId } = held.participant
  return {
    held,
    caller: referenceId === null ? undefined : callers.get(referenceId),
    action: asked.removals.get(id),
    hangUp: asked.hangUps.get(id),
    muting: asked.mutes.get(id),
    holding: asked.holds.get(id),
  }
}

/** What is known of a participant beyond its record. */
export const noteOf = (entry: RosterEntry, sources: RowSources): Annotation | undefined =>
  tellerOf(entry, sources)?.(aboutOf(entry, sources))

const tellerOf = ({ participant }: RosterEntry, { annotator }: RowSources) =>
  isGone(participant) ? annotator?.gone : annotator?.here

function makeRow(
  { held, caller, action, hangUp, muting, holding }: RowContext,
  permission: Permission,
  note: Annotation | undefined,
): ParticipantRow {
  const { participant } = held
  const requested = isRequested(action)
  const known = knownCaller(caller)
  const [label, number] = [labelOf(participant, caller), numberOf(known)]
  return {
    id: participant.id,
    participant,
    history: historyOf(held),
    label,
    number,
    fullLabel: [label, number].filter(Boolean).join(', '),
    caller: known,
    identity: identityOf(caller),
    action,
    hangUp,
    mute: endedAt(known?.mute, unmutedAt(muting)),
    muting,
    holding,
    permission,
    requested,
    removal: canRemove(participant, { permission, isAsked: requested }),
    hangUpVerdict: canHangUp(participant, undefined, { permission, isAsked: isRequested(hangUp) }),
    steppedBack: stepBack(held),
    note,
  }
}

/** The time of the record whose mutes an unmute from here has ended. */
const unmutedAt = (action: Action | undefined): Micros | null =>
  action?.kind === 'unmute' && action.state === 'accepted' ? (action.recheckedAt ?? null) : null

/** The label of a participant, safe to show. */
export const labelOf = (participant: Participant, caller: CallerFact | undefined): string =>
  visibleText(participantLabel(participant, caller))

/** The number, when the label is a name; else empty. */
export const numberOf = (caller: Caller | undefined): string =>
  caller && callerName(caller) ? visibleText(caller.number) : ''

function identityOf(caller: CallerFact | undefined): ParticipantRow['identity'] {
  if (caller === undefined) return 'asking'
  if (caller === 'gone') return 'gone'
  return callerName(caller) || caller.number ? 'known' : 'nameless'
}

/** Counts by status as shown: the four known statuses always, by rank, then any other. */
export const shownCounts = (byStatus: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...PARTICIPANT_STATUSES.map((status) => [status, 0] as const), ...byStatus])
