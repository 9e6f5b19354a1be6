import { callerOf, knownCaller, mergeCaller, type Call, type CallerFact } from '~/domain/call.ts'
import { withOverwritten } from '~/domain/mute.ts'
import { Listeners } from '~/util/listeners.ts'
import { perClient } from '~/cache/queries/per-client.ts'
import { rosterOf, type Origin, type RosterStore } from './store.ts'

/** How many callers of calls without a participant are kept: a call is announced before its participant. */
const STRANGERS = 500

/** Changed callers by call id; undefined for a caller that is forgotten. */
export interface CallersChange {
  readonly callers: ReadonlyMap<string, CallerFact | undefined>
  readonly origin: Origin
}

/**
 * Callers by call id. The far end of a call does not change (voipbin-api.md 6), so a caller is kept
 * as long as a participant of its call is held.
 */
export class CallerStore {
  readonly #roster: RosterStore
  readonly #facts = new Map<string, CallerFact>()
  /** Calls that had no participant at the last check, oldest first. */
  readonly #strangers = new Set<string>()
  readonly #listeners = new Listeners<[CallersChange]>()
  #version = 0

  constructor(roster: RosterStore) {
    this.#roster = roster
    roster.subscribe(({ entries }) => {
      for (const { before, after } of entries) {
        const callId = after ? null : before?.participant.referenceId
        if (callId && this.#facts.has(callId)) this.#strangers.add(callId)
      }
    })
  }

  /** Grows with each change. */
  get version(): number {
    return this.#version
  }

  get size(): number {
    return this.#facts.size
  }

  get = (callId: string): CallerFact | undefined => this.#facts.get(callId)

  has = (callId: string): boolean => this.#facts.has(callId)

  entries(): IterableIterator<[string, CallerFact]> {
    return this.#facts.entries()
  }

  readonly subscribe = this.#listeners.subscribe

  /** Applies callers. Notifies no listener when all of them are known. */
  apply(told: Iterable<readonly [string, CallerFact]>, origin: Origin = 'server'): void {
    const callers = new Map<string, CallerFact | undefined>()
    for (const [id, fact] of told) {
      const held = this.#facts.get(id)
      const merged = withLostMute(held, mergeCaller(held, fact))
      if (merged === held) continue
      this.#facts.set(id, merged)
      if (held === undefined && !this.#roster.hasCall(id)) this.#strangers.add(id)
      callers.set(id, merged)
    }
    if (callers.size === 0) return
    for (const id of this.#forgetStrangers()) callers.set(id, undefined)
    this.#tell({ callers, origin })
  }

  /** Applies the callers of calls that arrived another way. */
  applyCalls(calls: readonly Call[]): void {
    this.apply(calls.map((call) => [call.id, callerOf(call)] as const))
  }

  /** Forgets everything, as when another account signs in. */
  clear(): void {
    const callers = new Map(Array.from(this.#facts.keys(), (id) => [id, undefined] as const))
    this.#facts.clear()
    this.#strangers.clear()
    if (callers.size > 0) this.#tell({ callers, origin: 'tab' })
  }

  #tell(change: CallersChange): void {
    this.#version += 1
    this.#listeners.tell(change)
  }

  /** Returns the oldest ones when twice as many as are kept have gathered, so that this rarely does work. */
  #forgetStrangers(): readonly string[] {
    if (this.#strangers.size < 2 * STRANGERS) return []
    for (const id of this.#strangers) if (this.#roster.hasCall(id)) this.#strangers.delete(id)
    const forgotten = [...this.#strangers].slice(0, -STRANGERS)
    for (const id of forgotten) {
      this.#strangers.delete(id)
      this.#facts.delete(id)
    }
    return forgotten
  }
}

/** A mute that a later one has overwritten is seen only here, where one record follows another. */
function withLostMute(held: CallerFact | undefined, merged: CallerFact): CallerFact {
  const caller = knownCaller(merged)
  const mute = withOverwritten(knownCaller(held)?.mute, caller?.mute)
  return caller && mute && mute !== caller.mute ? { ...caller, mute } : merged
}

/** The callers that belong to a query client. */
export const callersOf = perClient((client) => new CallerStore(rosterOf(client)))
