import { EventQueue } from './queue.ts'
import { Random } from './random.ts'
import type {
  Call,
  CallAudio,
  Conference,
  Contact,
  DialPlan,
  KickFailure,
  Participant,
  ParticipantStatus,
  Recording,
} from './records.ts'
import { Table } from './table.ts'
import { MILLISECOND, type Micros } from './time.ts'

/** A change that listeners publish, named as the platform names its events (voipbin-api.md 9.4). */
export type Change =
  | {
      readonly type: 'conference_created' | 'conference_updated' | 'conference_deleted'
      readonly record: Conference
    }
  | { readonly type: `conferencecall_${ParticipantStatus}`; readonly record: Participant }
  | {
      readonly type:
        | 'call_created'
        | 'call_ringing'
        | 'call_progressing'
        | 'call_updated'
        | 'call_terminating'
        | 'call_canceling'
        | 'call_hangup'
        | 'call_deleted'
      readonly record: Call
    }
  | { readonly type: 'recording_started' | 'recording_finished'; readonly record: Recording }

/** The stream of chance for contacts, beyond those of the ids of any number of worlds. */
const CONTACTS = 0x636f_0000

/** The stream of chance for controls: mutes, recordings and calls that are dialled out. */
const CONTROLS = 0x6374_0000

export interface WorldOptions {
  readonly customerId: string
  readonly seed: number
  /** Separates the ids of two worlds with the same seed. */
  readonly idStream: number
  readonly start: Micros
}

/**
 * One customer's telephony: tables, and a queue of what will happen.
 * Only `advanceTo` moves it, so the same seed, clock readings and requests give the same world.
 */
export class World {
  readonly customerId: string
  readonly conferences = new Table<Conference>()
  readonly participants = new Table<Participant>()
  readonly calls = new Table<Call>()
  readonly recordings = new Table<Recording>()
  /** The contacts by telephone number: a number has one at most. */
  readonly contacts = new Map<string, Contact>()
  /** The chance that decides what happens. */
  readonly dice: Random
  /** The chance that decides ids only, so that two tenants with one seed share no id. */
  readonly ids: Random
  /** The chance that decides the contacts, and their ids: apart, so that they change nothing else of the world. */
  readonly contactDice: Random
  readonly contactIds: Random
  /** The chance that decides how controls go, and ids made by them: apart for the same reason. */
  readonly controlDice: Random
  readonly controlIds: Random
  /** What is audible of a call, by its id; not there = nothing has been done to it. */
  readonly audio = new Map<string, CallAudio>()
  /** How the next requests to dial out turn out; without one they are answered. */
  readonly dialPlans: DialPlan[] = []
  /**
   * Where the calls of participants are: in the flow before the bridge, or in the bridge. A participant in neither is
   * gone, whatever status its row has (voipbin-api.md 4.4).
   */
  readonly whereabouts = new Map<Participant, 'pre-flow' | 'bridge'>()
  /** The time at which the last change of a participant is written to its conference. */
  readonly lastWrites = new WeakMap<Participant, Micros>()
  /** The tempo: 1 = a busy afternoon, 2 = twice as fast, 0 = nothing happens by itself. */
  rate = 0
  /** From a kick to `leaved`; undefined = about 1.2 s. */
  kickDelay: Micros | undefined
  /** From POST /calls/{id}/hangup to `hangup`; undefined = about 0.4 s. */
  hangupDelay: Micros | undefined
  /** The time that each kick of DELETE /conferences/{id} takes. */
  deletePace: Micros = 60 * MILLISECOND
  /** The way in which kicks fail, and the share that does, 0 to 1. */
  kicksFail: (KickFailure & { readonly share: number }) | undefined
  /** The share of removed callers that dial back by themselves, 0 to 1. */
  dialBack = 0
  /** The frames about calls that have nothing to do with conferences; undefined = none. */
  otherCalls: { readonly framesPerSecond: number } | undefined
  readonly #queue = new EventQueue()
  readonly #listeners = new Set<(change: Change) => void>()
  #now: Micros

  constructor(options: WorldOptions) {
    this.customerId = options.customerId
    this.dice = new Random(options.seed)
    this.ids = new Random(options.seed, options.idStream + 1)
    this.contactDice = new Random(options.seed, CONTACTS)
    this.contactIds = new Random(options.seed, CONTACTS + options.idStream + 1)
    this.controlDice = new Random(options.seed, CONTROLS)
    this.controlIds = new Random(options.seed, CONTROLS + options.idStream + 1)
    this.#now = options.start
  }

  /** The instant being played; never moves back. */
  get now(): Micros {
    return this.#now
  }

  /** Plays everything due up to `now`. A reading from the past changes nothing. */
  advanceTo(now: Micros): void {
    for (let due = this.#queue.popDue(now); due !== undefined; due = this.#queue.popDue(now)) {
      this.#now = Math.max(this.#now, due.at)
      due.run()
    }
    this.#now = Math.max(this.#now, now)
  }

  /** Schedules `run` in `delay` microseconds. */
  after(delay: Micros, run: () => void): void {
    this.#queue.push(this.#now + Math.round(delay), run)
  }

  /** Calls `listener` on every change from now on; returns a function that stops it. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(change: Change): void {
    for (const listener of this.#listeners) listener(change)
  }
}
