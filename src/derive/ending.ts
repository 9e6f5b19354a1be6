import type { Action } from '~/domain/action.ts'
import { connectedTo, unreadOf } from '~/domain/conference-end.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Outcome } from '~/domain/outcome.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { fromMillis, toMillis } from '~/domain/time.ts'
import { visibleText } from '~/util/visible-text.ts'

/** What is told of the end of a conference beside its outcome. */
export interface EndDetails {
  /** Participants that are in it or may still get in. */
  readonly connected: readonly Participant[]
  /** How many more the server lists whose records were not read yet. */
  readonly unread: number
  /** How many were in it since the end was requested. */
  readonly total: number
  /** Milliseconds from the request to the server's yes, if that came. */
  readonly acceptedAfter: number | null
  /** When the server says it ended, if it does; milliseconds. A participant that was joining may get in all the same. */
  readonly terminatedAt: number | null
}

interface EndFacts {
  readonly action: Action
  readonly outcome: Outcome
  readonly conference: Conference | undefined
  /** All that are or were in it, as far as known. */
  readonly people: readonly Participant[]
  /** Milliseconds on the server's clock. */
  readonly now: number
}

/** Why there will be no better proof than that no participant is in it. */
export const LEFT_AT_TERMINATING =
  'Nobody is in it: the server leaves an empty conference at terminating and never says terminated.'

/** The participants that are left in a conference whose end was requested, and what the server said when. */
export function endDetails({ action, outcome, conference, people, now }: EndFacts): EndDetails {
  const connected = connectedTo(conference, people, now)
  const unread = unreadOf(conference, people)
  const { requestedAt, answeredAt } = action
  const since = fromMillis(requestedAt)
  const left = people.filter((one) => isGone(one) && changedAt(one) >= since).length
  const isAccepted = outcome.answer === 'yes' && answeredAt !== null
  return {
    connected,
    unread,
    total: connected.length + unread + left,
    acceptedAfter: isAccepted ? answeredAt - requestedAt : null,
    terminatedAt: terminatedAt(outcome, conference),
  }
}

function terminatedAt({ goneAt, cause }: Outcome, conference: Conference | undefined) {
  if (conference?.status !== 'terminated') return cause === 'empty' ? null : goneAt
  const at = conference.endedAt ?? conference.updatedAt
  return at ? toMillis(at) : goneAt
}

/** `12 of 30 still connected, 1 of them joining`. */
export function stillConnectedText({ connected, unread, total }: EndDetails): string {
  const count = connected.length + unread
  if (count === 0) return total === 0 ? 'Nobody is in it.' : 'All have left.'
  const joining = connected.filter(({ status }) => status === 'joining').length
  const ofThem = joining > 0 && joining < count ? `, ${joining} of them joining` : ''
  const state = joining === count ? 'still joining' : 'still connected'
  return `${count} of ${total} ${state}${ofThem}.`
}

/**
 * What is typed to confirm, as it is compared: by how it looks, not by its code points. Neither case nor the form of
 * quotes matters: keyboards write both by themselves.
 */
const asRead = (text: string): string =>
  visibleText(text)
    .normalize('NFC')
    .replaceAll(/[‘’‚‛′`´]/g, "'")
    .replaceAll(/[“”„‟″«»]/g, '"')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/** Whether the typed text is the name that is shown. */
export const isTyped = (typed: string, name: string): boolean => asRead(typed) === asRead(name)
