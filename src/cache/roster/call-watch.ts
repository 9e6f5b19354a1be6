import type { Call } from '~/domain/call.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import type { Micros } from '~/domain/time.ts'
import type { RosterStore } from './store.ts'

/** The action of a call that is in a bridge or about to enter one (voipbin-api.md 17). */
const BRIDGE = 'confbridge_join'

/** The shortest time between two reads of the newest page for calls, however many frames arrive. Milliseconds. */
const LOOK_EVERY = 700

/**
 * Looks per call: a record may become readable only after the frame that announces it, and the
 * second look finds it.
 */
const LOOKS = 2

/** How many calls are remembered with their last frame: frames arrive for each call of the customer. */
const REMEMBERED = 1000

/** The newest frame of a call. */
interface Told {
  readonly changedAt: Micros
  /** Status and action: a frame that repeats them says nothing new. */
  readonly state: string
}

/**
 * Finds in frames of calls the participants that are held with an old record, and the calls that
 * may have entered a conference, which no conference event announces (voipbin-api.md 17). Times
 * are those of performance.now().
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

  /** Handles a change of a participant of this call: the call is no longer looked for once the roster holds one. */
  note(callId: string): void {
    if (this.#sought.has(callId) && isKnown(this.#presentOf(callId))) this.#sought.delete(callId)
  }

  /**
   * Applies frames. A call that takes a step and has no participant is looked for from now on.
   *
   * @returns ids of participants to read again
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

  /** Milliseconds until the newest page may be read for a call; Infinity while no call is looked for. */
  get wait(): number {
    if (this.#sought.size === 0) return Infinity
    return Math.max(0, this.#lookedAt + LOOK_EVERY - performance.now())
  }

  /** Records a request of the newest page, for whatever reason: it should hold all calls that are looked for. */
  startLook(): void {
    this.#lookedAt = performance.now()
    for (const [id, looks] of this.#sought) {
      if (looks + 1 < LOOKS) this.#sought.set(id, looks + 1)
      else this.#sought.delete(id)
    }
  }

  /** The participants of a call that are not gone: a call in transit may have an old and a new one. */
  #presentOf(callId: string): readonly Participant[] {
    return [...this.#roster.ofCall(callId)].flatMap((id) => {
      const participant = this.#roster.get(id)?.participant
      return participant && !isGone(participant) ? [participant] : []
    })
  }

  /** Frames arrive in any order and more than once (voipbin-api.md 9.6). */
  #isNews({ id, status, action, createdAt, updatedAt }: Call): boolean {
    const before = this.#told.get(id)
    const changedAt = updatedAt ?? createdAt ?? 0
    const state = `${status} ${action.id} ${action.type}`
    if (before && (changedAt < before.changedAt || state === before.state)) return false
    // Moves the call to the end, so that the call with the oldest frame is forgotten first.
    this.#told.delete(id)
    this.#told.set(id, { changedAt, state })
    const [oldest] = this.#told.keys()
    if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest)
    return true
  }
}

/** A leaving participant may belong to the past of a call that its flow has led into a conference again. */
const isKnown = (present: readonly Participant[]): boolean =>
  present.some(({ status }) => status !== 'leaving')

const isOver = ({ status, hangupAt }: Call): boolean => status === 'hangup' || hangupAt !== null

/** Whether the step of its call contradicts the held status of a participant. */
function isDoubted({ status }: Participant, call: Call): boolean {
  if (isOver(call)) return true
  if (call.action.type === '') return false
  return call.action.type === BRIDGE ? status === 'joining' : status !== 'joining'
}
