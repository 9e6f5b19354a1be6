import { wasSent, type Action, type Target } from '~/domain/action.ts'
import { knownCaller, type CallerFact } from '~/domain/call.ts'
import { shortId } from '~/domain/ids.ts'
import { numberKey } from '~/domain/number-key.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import { fromMillis, toMillis, type Micros } from '~/domain/time.ts'
import { durationText } from '~/util/time-text.ts'

/** A participant that was removed from here and is in a conference again. */
export interface Rejoin {
  /** When it was removed last, in milliseconds on the server's clock. */
  readonly removedAt: number
  /** How many times it was removed and came back. */
  readonly times: number
}

/** A removal: of which participant, and when by the server's clock. */
interface Removal {
  readonly participantId: string
  readonly at: Micros
}

/** Removals from here by number and by call: a participant that comes back has another id and perhaps another conference. */
export interface Removals {
  readonly byNumber: ReadonlyMap<string, readonly Removal[]>
  readonly byCall: ReadonlyMap<string, readonly Removal[]>
}

/** Without removals. */
export const NO_REMOVALS: Removals = { byNumber: new Map(), byCall: new Map() }

/** The removals among actions: what the server refused or what was never sent is none. */
export function removalsOf(actions: Iterable<Action>): Removals {
  const byNumber = new Map<string, Removal[]>()
  const byCall = new Map<string, Removal[]>()
  for (const action of actions) {
    const { kind, sentAt, leavingAt, goneAt, requestedAt, target } = action
    if (kind !== 'remove' || !(wasSent(action) || (sentAt !== null && goneAt !== null))) continue
    // The record's own time if it has one: ours is an estimate of the server's clock.
    const at = leavingAt ?? fromMillis(sentAt ?? requestedAt)
    const removal = { participantId: target.id, at }
    add(byNumber, keyOnce(target, numberOf(target)), removal)
    add(byCall, target.callId ?? '', removal)
  }
  return byNumber.size + byCall.size === 0 ? NO_REMOVALS : { byNumber, byCall }
}

/** Whether two hold the same removals. */
export const isSameRemovals = (a: Removals, b: Removals): boolean => textOf(a) === textOf(b)

const textOf = ({ byNumber, byCall }: Removals): string => JSON.stringify([...byNumber, ...byCall])

function add(all: Map<string, Removal[]>, key: string, removal: Removal): void {
  if (key === '') return
  const list = all.get(key)
  if (list) list.push(removal)
  else all.set(key, [removal])
}

/** A label is the number where the caller has no name, but may also be a name that looks like one or a short id. */
function numberOf({ id, callId, number, label }: Target): string {
  if (number !== '') return number
  const isId = label === shortId(callId ?? id)
  return !isId && /^\+?[\d\s()./-]{3,}$/.test(label) ? label : ''
}

/** Keys of numbers by their owner: owners are compared far more often than they change. */
const keysOf = new WeakMap<object, string>()

function keyOnce(owner: object, number: string): string {
  const known = keysOf.get(owner)
  if (known !== undefined) return known
  const key = numberKey(number)
  keysOf.set(owner, key)
  return key
}

/**
 * Whether a connected participant was removed from here before it joined. A second telephone with the same number that
 * was connected all along has not come back.
 */
export function rejoinOf(
  participant: Participant,
  caller: CallerFact | undefined,
  { byNumber, byCall }: Removals,
): Rejoin | undefined {
  const { id, createdAt, referenceId } = participant
  if (byNumber.size + byCall.size === 0 || createdAt === null || isGone(participant))
    return undefined
  const known = knownCaller(caller)
  const key = known ? keyOnce(known, known.number) : ''
  const found = [...(byNumber.get(key) ?? []), ...(byCall.get(referenceId ?? '') ?? [])].filter(
    ({ participantId, at }) => participantId !== id && at < createdAt,
  )
  if (found.length === 0) return undefined
  // Two removals of one participant count once.
  const times = new Set(found.map(({ participantId }) => participantId)).size
  return { removedAt: toMillis(Math.max(...found.map(({ at }) => at))), times }
}

/** `removed 40 s ago, third time`. `now` in milliseconds on the server's clock. */
export function rejoinText({ removedAt, times }: Rejoin, now: number): string {
  const ago = `removed ${durationText(now - removedAt)} ago`
  return times > 1 ? `${ago}, ${ordinal(times)} time` : ago
}

const ORDINALS = [
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
] as const

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }

const rules = new Intl.PluralRules('en', { type: 'ordinal' })

const ordinal = (count: number): string =>
  ORDINALS[count - 2] ?? `${count}${ENDINGS[rules.select(count)] ?? 'th'}`

/** Whether anything was removed from here since then. */
export const hasRemovals = ({ byNumber, byCall }: Removals, since: Micros): boolean =>
  [...byNumber.values(), ...byCall.values()].flat().some(({ at }) => at >= since)

/** The callers known, by call id. */
type KnownCallers = Pick<ReadonlyMap<string, CallerFact>, 'get' | 'has'>

/**
 * The participants whose callers must be known to tell whether they came back after a removal by number since then,
 * newest first.
 */
export function unsettled(
  held: Iterable<RosterEntry>,
  callers: KnownCallers,
  { byNumber }: Removals,
  since: Micros,
): readonly Participant[] {
  const times = [...byNumber.values()].flat().map(({ at }) => at)
  const first = times.reduce((min, at) => (at < since ? min : Math.min(min, at)), Infinity)
  if (first === Infinity) return []
  return [...held]
    .map(({ participant }) => participant)
    .filter(
      (one) =>
        !isGone(one) &&
        (one.createdAt ?? 0) > first &&
        one.referenceId !== null &&
        !callers.has(one.referenceId),
    )
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
}

/** How many participants of each conference came back after a removal; conferences without any have no entry. */
export function countRejoins(
  held: Iterable<RosterEntry>,
  callers: KnownCallers,
  removals: Removals,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  if (removals === NO_REMOVALS) return counts
  for (const { participant } of held) {
    const { conferenceId, referenceId } = participant
    if (conferenceId === null) continue
    if (!rejoinOf(participant, callers.get(referenceId ?? ''), removals)) continue
    counts.set(conferenceId, (counts.get(conferenceId) ?? 0) + 1)
  }
  return counts
}
