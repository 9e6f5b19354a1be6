import { sharedText } from '~/util/shared-text.ts'
import { isId, shortId } from './ids.ts'
import { NO_STATUS } from './participant-status.ts'
import type { WireRecord } from './record.ts'
import type { Micros } from './time.ts'

/** One end of a call. The server omits each part when it is empty (voipbin-api.md 6). */
export interface Address {
  readonly type: string
  readonly target: string
  readonly targetName: string
  readonly name: string
}

/** The current action of the call's flow (voipbin-api.md 17). Both fields are empty before the first action. */
export interface CallAction {
  readonly id: string
  /** `talk`, `digits_receive`, `confbridge_join` and others; never `conference_join`. */
  readonly type: string
}

/** `in`: the others do not hear the caller. `out`: the caller hears nothing. (voipbin-api.md 15) */
export type MuteDirection = 'in' | 'out' | 'both'

/** Whether a text of the server is a direction in which a call is muted. */
export const isMuteDirection = (text: string): text is MuteDirection =>
  text === 'in' || text === 'out' || text === 'both'

/** How a call is muted, by its own record. */
export interface Mute {
  /** Empty when the record has none. */
  readonly direction: MuteDirection | ''
  /** When the record that says so was last changed, by the server. */
  readonly at: Micros
  /** A direction that a later mute has overwritten in the record: it may still be in force (voipbin-api.md 15). */
  readonly overwritten?: MuteDirection | undefined
  /** Time of the record in which that was lost last. */
  readonly overwrittenAt?: Micros | undefined
}

/** The call of a participant, with the caller's name and number. */
export interface Call extends WireRecord {
  readonly id: string
  readonly status: string
  readonly direction: string
  readonly source: Address
  readonly destination: Address
  readonly action: CallAction
  /** Empty when no mute is stored. */
  readonly muteDirection: MuteDirection | ''
  readonly hangupBy: string
  readonly hangupReason: string
  readonly createdAt: Micros | null
  readonly updatedAt: Micros | null
  readonly hangupAt: Micros | null
}

/** The end of a call, in the server's words (voipbin-api.md 6): `by` is `remote` or `local`. Empty when not sent. */
export interface CallEnd {
  readonly by: string
  readonly reason: string
  readonly at: Micros | null
}

/**
 * The caller, as the call and the customer's contacts name it. Name and number may be empty. One is kept for each of
 * 100,000 participants, so what the server did not say is left out.
 */
export interface Caller {
  readonly name: string
  readonly number: string
  /** `incoming`, `outgoing`, or another text of the server. */
  readonly direction?: string
  /** The number at the near end: that was dialled, or that called out. */
  readonly other?: string
  /** The newest status that was read, while the call is not known to have ended: see `callStatusOf`. */
  readonly status?: string
  /** As the newest record that was read has it, while the call is not known to have ended. */
  readonly mute?: Mute
  /** The name that the contacts have for the number; empty when they have none. */
  readonly contact?: string
  /** Set once the call is known to have ended. */
  readonly end?: CallEnd
}

/** The server's answer about a call: the caller, or 'gone' when the call no longer exists. */
export type CallerFact = Caller | 'gone'

/** The caller, unless it is not known or its call is gone. */
export const knownCaller = (fact: CallerFact | undefined): Caller | undefined =>
  fact === 'gone' ? undefined : fact

/** The far end: the source of an incoming call, the destination of an outgoing one (voipbin-api.md 6). */
export const remoteParty = (call: Call): Address =>
  call.direction === 'outgoing' ? call.destination : call.source

/** The near end: the number that was dialled, or that called out. */
const nearParty = (call: Call): Address =>
  call.direction === 'outgoing' ? call.source : call.destination

/** The caller, from both ends of the call. */
export function callerOf(call: Call): Caller {
  const { targetName, name, target } = remoteParty(call)
  const { direction, status } = call
  const end = endOf(call)
  return callerWith({
    name: targetName.trim() || name.trim(),
    number: numberIn(target),
    direction: direction || undefined,
    other: numberIn(nearParty(call).target) || undefined,
    status: status === NO_STATUS ? undefined : status,
    mute: muteOf(call),
    end,
  })
}

/** Without a time the record cannot be told from an older one, so that it tells of a mute only. */
function muteOf({ muteDirection: direction, updatedAt, createdAt }: Call): Mute | undefined {
  const at = updatedAt ?? createdAt
  return at === null && direction === '' ? undefined : { direction, at: at ?? 0 }
}

/** Some targets are ids, such as an agent's, which are too long to be read out. */
function numberIn(target: string): string {
  const number = target.trim()
  return isId(number) ? shortId(number) : number
}

const endOf = ({ status, hangupBy, hangupReason, hangupAt }: Call): CallEnd | undefined =>
  status === 'hangup' || hangupAt !== null
    ? { by: hangupBy, reason: hangupReason, at: hangupAt }
    : undefined

/** The fields of a caller, as far as they are known. */
type Parts = Pick<Caller, 'name' | 'number'> & {
  readonly [K in keyof Caller]: Caller[K] | undefined
}

/** A caller of the fields that are known, each text that many callers have in memory once. An end says the status. */
const callerWith = ({
  name,
  number,
  direction,
  other,
  status,
  mute,
  contact,
  end,
}: Parts): Caller => ({
  name,
  number,
  ...(direction !== undefined && { direction: sharedText(direction) }),
  ...(other !== undefined && { other: sharedText(other) }),
  ...(status !== undefined && !end && { status: sharedText(status) }),
  ...(mute !== undefined && !end && { mute }),
  ...(contact !== undefined && { contact }),
  ...(end && { end: { by: sharedText(end.by), reason: sharedText(end.reason), at: end.at } }),
})

/**
 * Merges one more answer into a caller. Late and repeated answers end in the same caller: a call does not change its
 * parties, its status only goes forward, and what is known outlives a call that is gone. Returns `held` itself when
 * nothing is new.
 */
export function mergeCaller(held: CallerFact | undefined, fact: CallerFact): CallerFact {
  if (fact === 'gone') return held ?? fact
  if (held === undefined || held === 'gone') return callerWith(fact)
  // Without a direction the far end is a guess.
  const parties = held.direction === undefined && fact.direction !== undefined ? fact : held
  const end = held.end ?? fact.end
  const status = laterStatus(held.status, fact.status)
  const contact = [held, fact]
    .filter(({ number }) => number === parties.number)
    .map((one) => one.contact)
    .reduce(greaterText)
  const mute = laterMute(held.mute, fact.mute)
  const isSame = parties === held && end === held.end && contact === held.contact
  if (isSame && (end || (status === held.status && mute === held.mute))) return held
  return callerWith({ ...parties, status, mute, contact, end })
}

/** The statuses of a call (voipbin-api.md 6), in the order in which it takes them. */
const STATUSES = ['dialing', 'ringing', 'progressing', 'terminating', 'canceling', 'hangup']

/** The place of a status; one that this version does not know is before those that end a call. */
function placeOf(status: string): number {
  const place = STATUSES.indexOf(status)
  return place === -1 ? STATUSES.indexOf('progressing') + 0.5 : place
}

/** The later of two statuses, in whichever order they are told. */
function laterStatus(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const ahead = placeOf(a) - placeOf(b)
  return ahead === 0 ? greaterText(a, b) : ahead > 0 ? a : b
}

/** The mute of the newer record, whichever is told first. The same object where nothing is new. */
function laterMute(held: Mute | undefined, told: Mute | undefined): Mute | undefined {
  if (held === undefined || told === undefined) return held ?? told
  if (told.at !== held.at) return told.at > held.at ? told : held
  return greaterText(held.direction, told.direction) === held.direction ? held : told
}

/** One of two texts, the same in whichever order they are told. A text is greater than none, and than an empty one. */
const greaterText = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a

/** The status of the call of a caller, as far as it was read. */
export const callStatusOf = ({ end, status }: Caller): string | undefined =>
  end ? 'hangup' : status

/** The name of a caller: the call's own, else that of the contacts. May be empty. */
export const callerName = ({ name, contact = '' }: Caller): string => name || contact

/**
 * The label of a participant: the caller's name, else that of the contacts, else the number, else the short id of the
 * call, else that of the participant. Never empty, so that each row and its buttons have a name.
 */
export function participantLabel(
  participant: { readonly id: string; readonly referenceId: string | null },
  caller: CallerFact | undefined,
): string {
  const known = knownCaller(caller)
  const text = known ? callerName(known) || known.number : ''
  return text || shortId(participant.referenceId ?? participant.id)
}
