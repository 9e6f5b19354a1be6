import { wasSent, type Action } from '~/domain/action.ts'
import type { CallEnd } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { historyOf, type RosterEntry, type StatusChange } from '~/domain/merge.ts'
import { answerOf, outcomeOf } from '~/domain/outcome.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { hasLeft } from '~/domain/participant-status.ts'
import { fromMillis, toMillis, type Micros } from '~/domain/time.ts'
import { visibleText } from '~/util/visible-text.ts'

/** How a participant left, as far as the records tell, and by which of them. */
export interface Departure {
  readonly text: string
  /** Which record tells; empty when none does. */
  readonly proof: string
  /** The time in that record, in milliseconds; null when it has none. */
  readonly at: number | null
}

/** What may tell how a participant left, beside its own record. */
export interface Evidence {
  /** The latest removal, hang-up and end of the conference that were requested from here. */
  readonly removal?: Action | undefined
  readonly hangUp?: Action | undefined
  readonly ending?: Action | undefined
  readonly conference?: Conference | undefined
  readonly call?: CallEnd | undefined
}

/**
 * A server that ends a conference disconnects its participants one after the other before it dates the end
 * (voipbin-api.md 5.2). A participant that was leaving up to this long before may have been one of them.
 */
const ENDING_TAKES: Micros = 60_000_000

/** A call that its caller hung up ends when the participant leaves; the two records are written one by one. */
const TOGETHER: Micros = 5_000_000

/** How a participant has left, by the strongest evidence there is; undefined while it is connected. */
export function departureOf(held: RosterEntry, evidence: Evidence): Departure | undefined {
  if (!isGone(held.participant)) return undefined
  return (
    byRemoval(held, evidence.removal) ??
    byHangUpFromHere(held, evidence.hangUp) ??
    byEndFromHere(held, evidence.ending) ??
    byEndOfConference(held, evidence.conference) ??
    byCaller(held, evidence.call) ??
    byHistory(held) ??
    byPlatform(held, evidence.call) ??
    UNKNOWN
  )
}

/**
 * That the call of a joining participant has ended. The record follows 15 to 20 s later, and no event of a conference
 * tells of it (voipbin-api.md 4.4).
 */
export function endWhileJoining(
  { participant }: RosterEntry,
  call: CallEnd | undefined,
): Departure | undefined {
  if (!call || participant.status !== 'joining') return undefined
  // An end dated before the participant joined: the call still goes on.
  if (call.at !== null && call.at < (participant.createdAt ?? 0)) return undefined
  const text = call.by === 'remote' ? 'hung up while joining' : 'call ended while joining'
  return { text, ...callRecord(call) }
}

const UNKNOWN: Departure = { text: 'left (reason unknown)', proof: '', at: null }

function byRemoval(held: RosterEntry, removal: Action | undefined): Departure | undefined {
  if (!removal) return undefined
  const { participant } = held
  const evidence = { participant, history: historyOf(held) }
  const { answer, cause } = outcomeOf(removal, evidence, Infinity, 0)
  if (cause !== 'request') return undefined
  const { by, sentAt, answeredAt } = removal
  if (answer === 'yes') {
    return {
      text: `removed from here${byWhom(by)}`,
      proof: 'our DELETE was accepted',
      at: answeredAt,
    }
  }
  return {
    text: 'removal requested from here, not confirmed',
    proof: 'the server did not confirm our DELETE',
    at: answeredAt ?? sentAt,
  }
}

function byHangUpFromHere(
  { participant }: RosterEntry,
  hangUp: Action | undefined,
): Departure | undefined {
  if (!hangUp || !wasSent(hangUp) || !isFrom(participant, hangUp.sentAt)) return undefined
  const { by, answeredAt } = hangUp
  return answerOf(hangUp) === 'yes'
    ? { text: `hung up on from here${byWhom(by)}`, proof: 'our POST was accepted', at: answeredAt }
    : {
        text: 'hang-up requested from here, not confirmed',
        proof: 'our POST was not answered with a yes',
        at: answeredAt,
      }
}

function byEndFromHere(
  { participant }: RosterEntry,
  ending: Action | undefined,
): Departure | undefined {
  if (!ending || !wasSent(ending) || !isFrom(participant, ending.sentAt)) return undefined
  const { by, answeredAt } = ending
  return {
    text: `the conference was ended from here${byWhom(by)}`,
    proof:
      answerOf(ending) === 'yes'
        ? 'our DELETE was accepted'
        : 'the server did not confirm our DELETE',
    at: answeredAt,
  }
}

/** Whether a participant left after something was sent; milliseconds on the server's clock. */
const isFrom = (participant: RosterEntry['participant'], sentAt: number | null): boolean =>
  sentAt !== null && changedAt(participant) >= fromMillis(sentAt)

function byEndOfConference(
  held: RosterEntry,
  conference: Conference | undefined,
): Departure | undefined {
  const ends = [conference?.deletedAt, conference?.endedAt].filter((at) => typeof at === 'number')
  if (ends.length === 0) return undefined
  const end = Math.min(...ends)
  const leaving = leavingOf(held)
  const isAfter = changedAt(held.participant) >= end
  const isDuring = leaving !== undefined && leaving.at >= end - ENDING_TAKES
  if (!isAfter && !isDuring) return undefined
  return {
    text: 'the conference was ended',
    proof: isAfter ? 'its record says ended' : 'disconnected right before its record says ended',
    at: toMillis(end),
  }
}

/** The `leaving` that led to `leaved`, and not one that the participant came back from. */
function leavingOf(held: RosterEntry): StatusChange | undefined {
  const last = historyOf(held).findLast(({ status }) => !hasLeft(status))
  return last?.status === 'leaving' ? last : undefined
}

function byCaller(held: RosterEntry, call: CallEnd | undefined): Departure | undefined {
  if (call?.by !== 'remote' || !isTogether(held.participant, call)) return undefined
  // Disconnected first, and hung up after that.
  if (leavingOf(held) && (call.at ?? 0) > changedAt(held.participant)) return undefined
  const reason = call.reason === 'normal' ? '' : call.reason
  return { text: withReason('hung up by the caller', reason), ...callRecord(call) }
}

/** A removal ends the call as well (voipbin-api.md 4.3), so that it was leaving first says more than the call. */
function byHistory(held: RosterEntry): Departure | undefined {
  const leaving = leavingOf(held)
  if (!leaving) return undefined
  return {
    text: 'removed or disconnected, not from here',
    proof: 'seen leaving first',
    at: toMillis(leaving.at),
  }
}

function byPlatform(
  { participant }: RosterEntry,
  call: CallEnd | undefined,
): Departure | undefined {
  if (!call || call.by === 'remote' || !isTogether(participant, call)) return undefined
  const by = call.by === 'local' ? 'the platform' : visibleText(call.by)
  return {
    text: withReason(by ? `call ended by ${by}` : 'call ended', call.reason),
    ...callRecord(call),
  }
}

/** A participant that has left may go on in its flow: an end of the call long after is not how it left. */
const isTogether = (participant: RosterEntry['participant'], { at }: CallEnd): boolean =>
  at === null || at - changedAt(participant) <= TOGETHER

const withReason = (text: string, reason: string): string =>
  reason === '' ? text : `${text}, ${visibleText(reason)}`

const callRecord = ({ at }: CallEnd): Pick<Departure, 'proof' | 'at'> => ({
  proof: 'the call’s own record',
  at: at === null ? null : toMillis(at),
})

const byWhom = (name: string): string => (name === '' ? '' : ` by ${visibleText(name)}`)
