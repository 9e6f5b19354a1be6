import { wasSent, type Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import { changedAt, isGone, isStuck, type Participant } from '~/domain/participant.ts'
import { fromMillis, toMillis } from '~/domain/time.ts'
import { visibleText } from '~/util/visible-text.ts'

/** On its way to an end, or there: `terminating` at once, `terminated` when the last one has left (voipbin-api.md 5.2). */
export const isEnding = ({ status, deletedAt }: Conference): boolean =>
  deletedAt !== null || status === 'terminating' || status === 'terminated'

/** Where the end of a conference stands, by what the server says of it and of the people in it. */
export type EndingState =
  /** Confirmed, and not sent yet. */
  | 'waiting'
  /** Sent, and not answered yet. */
  | 'requested'
  /** The server took it, or may have; people are leaving. */
  | 'ending'
  /** Past the limit, and what is known is too old to tell who is left. */
  | 'unproved'
  /** Past the limit there are people in it. */
  | 'still-connected'
  /** The server says terminated, and nobody is in it. */
  | 'ended'
  /** Nobody is in it, and the server will not say terminated. */
  | 'empty'
  | 'failed'

/** What is to be said of the end of a conference. */
export interface Ending {
  readonly state: EndingState
  /** Those who are in it, or may still get in. */
  readonly connected: readonly Participant[]
  /** How many more the server lists whose records were not read yet. */
  readonly unread: number
  /** How many were in it since it was asked for. */
  readonly total: number
  /** Milliseconds from the request to the server's yes, if that came. */
  readonly acceptedAfter: number | null
  /** When the server says it ended, if it does; milliseconds. Who was joining then may get in all the same. */
  readonly endedAt: number | null
}

/** What the end of a conference is judged by. Times and lengths in milliseconds, on the server's clock. */
export interface EndingFacts {
  readonly action: Action
  readonly conference: Conference | undefined
  /** Everyone known who is or was in it. */
  readonly people: readonly Participant[]
  readonly now: number
  /** After that everybody should be gone. */
  readonly limit: number
  /** What is known of the people may no longer be so. */
  readonly isOld: boolean
}

/** Why there will be no better proof than that nobody is in it. */
export const LEFT_AT_TERMINATING =
  'Nobody is in it: the server leaves an empty conference at terminating and never says terminated.'

/** The server says terminated right after the last one has left. Milliseconds. */
const TERMINATED_WITHIN = 5000

/**
 * What came of the end of a conference. Undefined when it was never sent and never will be.
 */
export function endingOf(facts: EndingFacts): Ending | undefined {
  const { action, conference, people, now } = facts
  const state = stateOf(facts)
  if (!state) return undefined
  const connected = connectedTo(conference, people, now)
  const unread = unreadOf(conference, people)
  const { requestedAt, answeredAt } = action
  const since = fromMillis(requestedAt)
  const left = people.filter((one) => isGone(one) && changedAt(one) >= since).length
  return {
    state,
    connected,
    unread,
    total: connected.length + unread + left,
    acceptedAfter:
      action.state === 'accepted' && answeredAt !== null ? answeredAt - requestedAt : null,
    endedAt:
      state === 'ended' || conference?.status === 'terminated' ? endOf(action, conference) : null,
  }
}

function stateOf({ action, conference, people, now, limit, isOld }: EndingFacts) {
  const { state, requestedAt, answeredAt } = action
  // A request that seemed lost may have arrived all the same.
  const isUnderWay =
    state === 'failed' &&
    conference !== undefined &&
    isEnding(conference) &&
    (conference.updatedAt ?? 0) >= fromMillis(requestedAt)
  if (state === 'waiting') return 'waiting'
  if (state === 'sending') return 'requested'
  if (!wasSent(action) && !isUnderWay) return state === 'failed' ? 'failed' : undefined
  if (!conference && action.goneAt !== null) return 'ended'
  const left = connectedTo(conference, people, now).length + unreadOf(conference, people)
  if (left === 0) {
    if (conference?.status === 'terminated') return 'ended'
    return isLeftAtTerminating(conference, people, requestedAt, now) ? 'empty' : 'ending'
  }
  if (now - (answeredAt ?? requestedAt) < limit) return 'ending'
  return isOld ? 'unproved' : 'still-connected'
}

/** Whom nobody leaves never gets to terminated (voipbin-api.md 5.2); else it should have been said by now. */
function isLeftAtTerminating(
  conference: Conference | undefined,
  people: readonly Participant[],
  requestedAt: number,
  now: number,
): boolean {
  if (!conference || conference.deletedAt === null) return false
  const lastLeft = people.reduce((at, one) => Math.max(at, toMillis(changedAt(one))), 0)
  return lastLeft < requestedAt || now - lastLeft > TERMINATED_WITHIN
}

const endOf = (action: Action, conference: Conference | undefined): number | null => {
  const at = conference?.endedAt ?? conference?.updatedAt
  return at ? toMillis(at) : action.goneAt
}

/**
 * Who is in a conference, or may still get in. Who hangs in leaving and is not listed there never got in, or is out
 * (voipbin-api.md 4.4, 5.3).
 *
 * @param now milliseconds on the server's clock
 */
export function connectedTo(
  conference: Conference | undefined,
  people: Iterable<Participant>,
  now: number,
): readonly Participant[] {
  const listed = new Set(conference?.participantIds)
  return [...people].filter(
    (one) => !isGone(one) && (one.status !== 'leaving' || listed.has(one.id) || !isStuck(one, now)),
  )
}

/** How many the conference lists of whom nothing is known yet. */
export function unreadOf(
  conference: Conference | undefined,
  people: Iterable<Participant>,
): number {
  const known = new Set([...people].map(({ id }) => id))
  return (conference?.participantIds ?? []).filter((id) => !known.has(id)).length
}

/** `12 of 30 still connected, 1 of them joining`. */
export function stillConnectedText({ connected, unread, total }: Ending): string {
  const count = connected.length + unread
  if (count === 0) return total === 0 ? 'Nobody is in it.' : 'All have left.'
  const joining = connected.filter(({ status }) => status === 'joining').length
  const ofThem = joining > 0 && joining < count ? `, ${joining} of them joining` : ''
  const state = joining === count ? 'still joining' : 'still connected'
  return `${count} of ${total} ${state}${ofThem}.`
}

/** What is typed to confirm, as it is compared: as it is read, not as it is made up. */
const asRead = (text: string): string =>
  visibleText(text).normalize('NFC').replaceAll(/\s+/g, ' ').trim()

/** Whether somebody has typed the very name that they were shown. */
export const isTyped = (typed: string, name: string): boolean => asRead(typed) === asRead(name)
