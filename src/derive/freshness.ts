import { ApiError } from '~/domain/api-error.ts'
import type { PollStatus } from '~/domain/poll-status.ts'
import { durationText } from '~/util/time-text.ts'
import { explain } from './explain.ts'

/** How fresh the data on the screen is. */
export interface Freshness {
  readonly kind:
    | 'starting'
    | 'catching-up'
    | 'live'
    | 'polling'
    | 'delayed'
    | 'signed-out'
    | 'offline'
  /** One sentence: the strongest reason, and what the app does about it. */
  readonly text: string
  /** The part of the text that changes each second, or empty. */
  readonly ticking: string
  /** The data may be out of date, and is drawn so. */
  readonly isOld: boolean
}

/** What freshness is computed from. Times and lengths in milliseconds. */
export interface PollState extends PollStatus {
  readonly isOnline: boolean
  readonly isSignedOut: boolean
  /** All pages that can matter were read. Before that the data is incomplete, but not old. */
  readonly isWhole: boolean
  readonly pollInterval: number
  /** Time between two reads of a staying row: longer while push reports on it. */
  readonly rereadInterval: number
  readonly now: number
}

/** Data older than this many intervals is no longer fresh. */
const OLD_AFTER_INTERVALS = 3

/** Each poll reads some of many rows. A row unread for this many intervals is mentioned. */
const LONG_UNREAD_INTERVALS = 40

/** Computes freshness; the text gives the strongest of several reasons. */
export function freshness(poll: PollState): Freshness {
  const age = poll.now - poll.updatedAt
  const isOld = poll.updatedAt > 0 && age > OLD_AFTER_INTERVALS * poll.pollInterval
  const behind =
    poll.updatedAt > 0 ? `Shown as of ${durationText(age)} ago.` : 'Nothing is known yet.'
  if (!poll.isOnline) {
    return {
      kind: 'offline',
      text: `Offline. ${behind} Resumes when the network is back.`,
      ticking: behind,
      isOld: poll.updatedAt > 0,
    }
  }
  if (poll.isSignedOut) {
    return {
      kind: 'signed-out',
      text: `Signed out. ${behind} Sign in to go on.`,
      ticking: behind,
      isOld: poll.updatedAt > 0,
    }
  }
  if (poll.failure) {
    const { title } = explain(poll.failure)
    if (poll.failure instanceof ApiError && poll.failure.isDenied) {
      const text = `Not allowed. ${behind} Not asked again by itself.`
      return { kind: 'delayed', text, ticking: behind, isOld }
    }
    const tries =
      poll.failures === 1 ? 'Trying again.' : `Trying again, ${poll.failures} tries failed.`
    return {
      kind: 'delayed',
      text: `Delayed: ${title}. ${behind} ${tries}`,
      ticking: behind,
      isOld,
    }
  }
  if (poll.updatedAt === 0)
    return { kind: 'starting', text: 'Reading the roster…', ticking: '', isOld: false }
  if (isOld)
    return {
      kind: 'delayed',
      text: `Delayed. ${behind} Updating more slowly to spare the server.`,
      ticking: behind,
      isOld,
    }
  if (!poll.isWhole) return { kind: 'catching-up', text: 'Catching up…', ticking: '', isOld: false }
  if (poll.missing > 0) {
    const ticking = `${poll.missing} in conferences not loaded yet.`
    return { kind: 'catching-up', text: `Catching up: ${ticking}`, ticking, isOld: false }
  }
  const ticking = unreadText(poll)
  const rest = ticking && ` ${ticking}`
  if (poll.push.kind === 'open') {
    return { kind: 'live', text: `Live.${rest}`, ticking, isOld: false }
  }
  const seconds = poll.pollInterval / 1000
  const why = 'why' in poll.push ? ` No push: ${poll.push.why}` : ''
  return {
    kind: 'polling',
    text: `Polling every ${seconds} s.${rest}${why}`,
    ticking,
    isOld: false,
  }
}

/**
 * The text about rows unread for long; empty if there are none. It stays the same until the next
 * poll.
 */
function unreadText({ updatedAt, readSince, rereadInterval, now }: PollState): string {
  if (updatedAt - readSince <= LONG_UNREAD_INTERVALS * rereadInterval) return ''
  return `Some rows were last checked ${Math.floor((now - readSince) / MINUTE)} min ago.`
}

/** What a refresh brought, by the number of participants that changed since its start. */
export function refreshText(changes: number): string {
  if (changes === 0) return 'Nothing new.'
  return changes === 1 ? '1 change.' : `${changes} changes.`
}

/** An offset up to this is not mentioned. Milliseconds. */
const SMALL_OFFSET = 2000

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * The text about a wrong clock; empty while the clock is right enough.
 *
 * @param offset how far the server's clock is ahead of this computer's, in milliseconds
 */
export function clockText(offset: number): string {
  if (Math.abs(offset) <= SMALL_OFFSET) return ''
  const side = offset > 0 ? 'behind' : 'ahead of'
  // durationText truncates, and an estimate a little short of two hours is two hours.
  const unit = Math.abs(offset) < HOUR ? 1000 : MINUTE
  const length = Math.round(Math.abs(offset) / unit) * unit
  return `This computer’s clock is ${durationText(length)} ${side} the server’s, whose time counts here.`
}
