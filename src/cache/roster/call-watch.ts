import type { Call } from '~/domain/call.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import type { Micros } from '~/domain/time.ts'
import type { RosterStore } from './store.ts'

/** The action of a call that is in a bridge or about to enter it (voipbin-api.md 17). */
const BRIDGE = 'confbridge_join'

/** The newest page is read for calls at most so often, however many frames come. Milliseconds. */
const LOOK_EVERY = 700

/** A record may be readable only after the frame that gives it away: then the second look finds it. */
const LOOKS = 2

/** Calls whose last frame is remembered: each call of the customer is told of. */
const REMEMBERED = 1000

/** The newest that a frame told of a call. */
interface Told {
  readonly changedAt: Micros
  /** Status and action: a frame that repeats them tells nothing new. */
  readonly state: string
}

/**
 * What frames of calls give away: participants that are no longer as held, and calls that may have entered a
 * conference, of which no event of a conference tells (voipbin-api.md 17). Times are those of performance.now().
 */
export class CallWatch {
  readonly #roster: Pick<RosterStore, 'get' | 'ofCall'>
  readonly #told = new Map<string, Told>()
  /** How often the newest page was read for a call that has no participant yet. */
  readonly #sought = new Map<string, number>()
  #lookedAt = -Infinity

  constructor(roster: Pick<RosterStore, 'get' | 'ofCall'>) {
    this.#roster = roster
  }

  /** A participant of this call has changed: the call is no longer looked for once the roster has it. */
  note(callId: string): void {
    if (this.#sought.has(callId) && isKnown(this.#presentOf(callId))) this.#sought.delete(callId)
  }

  /**
   * Takes frames. Calls that have taken a step and belong to no participant are looked for from now on.
   *
   * @returns ids of participants to be read again
   */
  hear(calls: readonly Call[]): readonly string[] {
    const doubted: string[] = []
    for (const call of calls) {
      if (!this.#isNews(call)) continue
      const present = this.#presentOf(call.id)
      for (const one of present) if (isDoubted(one, call)) doubted.push(one.id)
      if (!isOver(call) && call.action.type !== '' && !isKnown(present)) {
        this.#sought.set(call.id, 0)
      }
    }
    return doubted
  }

  /** Milliseconds until the newest page may be read for a call; Infinity while none is looked for. */
  get wait(): number {
    if (this.#sought.size === 0) return Infinity
    return Math.max(0, this.#lookedAt + LOOK_EVERY - performance.now())
  }

  /** The newest page is asked for now, for whatever reason: all calls that are looked for should be on it. */
  startLook(): void {
    this.#lookedAt = performance.now()
    for (const [id, looks] of this.#sought) {
      if (looks + 1 < LOOKS) this.#sought.set(id, looks + 1)
      else this.#sought.delete(id)
    }
  }

  /** Those that are not gone: a call in transit may have an old one and a new one. */
  #presentOf(callId: string): readonly Participant[] {
    return [...this.#roster.ofCall(callId)].flatMap((id) => {
      const participant = this.#roster.get(id)?.participant
      return participant && !isGone(participant) ? [participant] : []
    })
  }

  /** Frames come in any order and more than once (voipbin-api.md 9.6). */
  #isNews({ id, status, action, createdAt, updatedAt }: Call): boolean {
    const before = this.#told.get(id)
    const changedAt = updatedAt ?? createdAt ?? 0
    const state = `${status} ${action.id} ${action.type}`
    if (before && (changedAt < before.changedAt || state === before.state)) return false
    // The one that was told of last is forgotten last.
    this.#told.delete(id)
    this.#told.set(id, { changedAt, state })
    const [oldest] = this.#told.keys()
    if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest)
    return true
  }
}

/** One that is leaving may be the past of a call whose flow has led it into a conference again. */
const isKnown = (present: readonly Participant[]): boolean =>
  present.some(({ status }) => status !== 'leaving')

const isOver = ({ status, hangupAt }: Call): boolean => status === 'hangup' || hangupAt !== null

/** Whether a participant seems to be otherwise than held, by where its call is. */
function isDoubted({ status }: Participant, call: Call): boolean {
  if (isOver(call)) return true
  if (call.action.type === '') return false
  return call.action.type === BRIDGE ? status === 'joining' : status !== 'joining'
}
