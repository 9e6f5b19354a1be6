import { durationText } from '~/util/time-text.ts'
import { explain } from './explain.ts'

/** How far what is on the screen can be trusted right now. */
export interface Freshness {
  readonly kind: 'starting' | 'catching-up' | 'polling' | 'delayed' | 'offline'
  /** One sentence: the strongest reason, and what the app does about it. */
  readonly text: string
  /** What is shown may no longer be so, and should look like it. */
  readonly isOld: boolean
}

/** What freshness is judged by. Times and lengths in milliseconds. */
export interface PollState {
  readonly isOnline: boolean
  readonly failure: Error | null
  readonly failures: number
  /** When the last whole walk ended; 0 before the first. */
  readonly updatedAt: number
  readonly isComplete: boolean
  readonly pollInterval: number
  readonly now: number
}

/** Data older than this many intervals is no longer fresh. */
const OLD_AFTER_INTERVALS = 3

/** Judges freshness; of several reasons the strongest is told. */
export function freshness(poll: PollState): Freshness {
  const age = poll.now - poll.updatedAt
  const isOld = poll.updatedAt > 0 && age > OLD_AFTER_INTERVALS * poll.pollInterval
  const behind =
    poll.updatedAt > 0 ? `Shown as of ${durationText(age)} ago.` : 'Nothing is known yet.'
  if (!poll.isOnline) {
    return {
      kind: 'offline',
      text: `Offline. ${behind} Goes on by itself when the network is back.`,
      isOld: poll.updatedAt > 0,
    }
  }
  if (poll.failure) {
    const { title } = explain(poll.failure)
    const tries =
      poll.failures === 1 ? 'Trying again.' : `Trying again, ${poll.failures} tries failed.`
    return { kind: 'delayed', text: `Delayed: ${title}. ${behind} ${tries}`, isOld }
  }
  if (poll.updatedAt === 0) return { kind: 'starting', text: 'Reading the roster…', isOld: false }
  if (isOld) return { kind: 'delayed', text: `Delayed. ${behind} Waiting for the server.`, isOld }
  if (!poll.isComplete) return { kind: 'catching-up', text: 'Catching up…', isOld: false }
  const seconds = poll.pollInterval / 1000
  return { kind: 'polling', text: `Polling every ${seconds} s.`, isOld: false }
}
