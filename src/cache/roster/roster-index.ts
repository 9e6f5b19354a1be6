import type { RosterEntry } from '~/domain/merge.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import type { Micros } from '~/domain/time.ts'
import { CreationTimes } from './creation-times.ts'

/** Participants of one conference by status, and their latest change. */
export interface ConferenceCounts {
  readonly byStatus: ReadonlyMap<string, number>
  readonly live: number
  readonly changedAt: Micros
}

interface Tally {
  readonly ids: Set<string>
  readonly byStatus: Map<string, number>
  readonly live: Set<string>
  changedAt: Micros
  /** The counts object handed out last; null once it is out of date. */
  counts: ConferenceCounts | null
}

/** Participants that may be forgotten are grouped by spans of this length. */
const STRETCH: Micros = 600_000_000

/** Whether nothing more may come of it: one that is `leaving` may stay so for good (voipbin-api.md 4.4). */
const isSpent = (participant: Participant): boolean =>
  isGone(participant) || participant.status === 'leaving'

const NONE: ReadonlySet<string> = new Set()

/** Entries by id, with every group, order and count the roster needs, updated as entries change. */
export abstract class RosterIndex {
  readonly #byId = new Map<string, RosterEntry>()
  readonly #live = new Set<string>()
  readonly #byConference = new Map<string, Tally>()
  /** Hardly any call has more than one participant, so a single id is stored as a string. */
  readonly #byCall = new Map<string, string | Set<string>>()
  /** Participants that are gone or leaving, by the span of time of their last change. */
  readonly #spentIn = new Map<number, Set<string>>()
  readonly #times = new CreationTimes()

  /** How many participants are held. */
  get size(): number {
    return this.#byId.size
  }

  /** Ids of the participants that are not gone. */
  get live(): ReadonlySet<string> {
    return this.#live
  }

  get(id: string): RosterEntry | undefined {
    return this.#byId.get(id)
  }

  /** All entries, in no order. */
  entries(): IterableIterator<RosterEntry> {
    return this.#byId.values()
  }

  /** Ids of the conferences with known participants. */
  conferences(): Iterable<string> {
    return this.#byConference.keys()
  }

  /** Ids of the participants that are or were in a conference. */
  inConference(conferenceId: string): ReadonlySet<string> {
    return this.#byConference.get(conferenceId)?.ids ?? NONE
  }

  /** Ids of the participants in a conference that are not gone. */
  liveIn(conferenceId: string): ReadonlySet<string> {
    return this.#byConference.get(conferenceId)?.live ?? NONE
  }

  /** Participants of a conference by status; the same object until they change. */
  countsOf(conferenceId: string): ConferenceCounts | undefined {
    const tally = this.#byConference.get(conferenceId)
    if (!tally) return undefined
    const { byStatus, live, changedAt: latest } = tally
    tally.counts ??= { byStatus: new Map(byStatus), live: live.size, changedAt: latest }
    return tally.counts
  }

  /** Ids of all participants of one call, gone or not. */
  ofCall(callId: string): Iterable<string> {
    const ids = this.#byCall.get(callId) ?? NONE
    return typeof ids === 'string' ? [ids] : ids
  }

  /** Whether a participant of this call is held. */
  hasCall(callId: string): boolean {
    return this.#byCall.has(callId)
  }

  /** Creation times of all participants held that have one, oldest first. */
  get times(): readonly Micros[] {
    return this.#times.all
  }

  /** Adds an entry, or replaces the entry of the same id. */
  protected set(entry: RosterEntry): void {
    const before = this.#byId.get(entry.participant.id)
    this.#byId.set(entry.participant.id, entry)
    if (before) this.#uncount(before, entry)
    this.#count(entry, before)
  }

  protected remove(entry: RosterEntry): void {
    this.#byId.delete(entry.participant.id)
    this.#uncount(entry, undefined)
  }

  /** The participants that left, or were last seen leaving, before this time. */
  protected spentBefore(time: Micros): readonly RosterEntry[] {
    const found: RosterEntry[] = []
    for (const [stretch, ids] of this.#spentIn) {
      if (stretch * STRETCH >= time) continue
      for (const id of ids) {
        const entry = this.#byId.get(id)
        if (entry && changedAt(entry.participant) < time) found.push(entry)
      }
    }
    return found
  }

  protected clear(): void {
    this.#byId.clear()
    this.#live.clear()
    this.#byConference.clear()
    this.#byCall.clear()
    this.#spentIn.clear()
    this.#times.clear()
  }

  /** Adds an entry to every group and count, except those it shares with the entry it replaces. */
  #count({ participant }: RosterEntry, before: RosterEntry | undefined): void {
    const { id, conferenceId, referenceId, createdAt } = participant
    const old = before?.participant
    if (isSpent(participant)) this.#stretchOf(participant)?.add(id)
    if (!isGone(participant)) this.#live.add(id)
    if (old?.createdAt !== createdAt && createdAt !== null) this.#times.add(createdAt)
    if (old?.referenceId !== referenceId && referenceId !== null) this.#joinCall(referenceId, id)
    if (conferenceId === null) return
    const tally = this.#tallyOf(conferenceId)
    tally.counts = null
    tally.ids.add(id)
    tally.byStatus.set(participant.status, (tally.byStatus.get(participant.status) ?? 0) + 1)
    if (!isGone(participant)) tally.live.add(id)
    tally.changedAt = Math.max(tally.changedAt, changedAt(participant))
  }

  #uncount({ participant }: RosterEntry, after: RosterEntry | undefined): void {
    const { id, conferenceId, referenceId, createdAt } = participant
    const next = after?.participant
    if (isSpent(participant)) this.#leaveStretch(participant)
    this.#live.delete(id)
    if (next?.createdAt !== createdAt && createdAt !== null) this.#times.remove(createdAt)
    if (next?.referenceId !== referenceId && referenceId !== null) this.#leaveCall(referenceId, id)
    const tally = conferenceId === null ? undefined : this.#byConference.get(conferenceId)
    if (conferenceId === null || !tally) return
    tally.counts = null
    tally.live.delete(id)
    const left = (tally.byStatus.get(participant.status) ?? 1) - 1
    if (left > 0) tally.byStatus.set(participant.status, left)
    else tally.byStatus.delete(participant.status)
    if (next?.conferenceId === conferenceId) return
    tally.ids.delete(id)
    if (tally.ids.size === 0) this.#byConference.delete(conferenceId)
  }

  #tallyOf(conferenceId: string): Tally {
    const known = this.#byConference.get(conferenceId)
    if (known) return known
    const tally: Tally = {
      ids: new Set(),
      byStatus: new Map(),
      live: new Set(),
      changedAt: 0,
      counts: null,
    }
    this.#byConference.set(conferenceId, tally)
    return tally
  }

  /** A participant without any time is never forgotten: its time of leaving is unknown. */
  #stretchOf(participant: Participant): Set<string> | undefined {
    if (participant.createdAt === null) return undefined
    const stretch = Math.floor(changedAt(participant) / STRETCH)
    const known = this.#spentIn.get(stretch) ?? new Set()
    this.#spentIn.set(stretch, known)
    return known
  }

  #leaveStretch(participant: Participant): void {
    const stretch = Math.floor(changedAt(participant) / STRETCH)
    const ids = this.#spentIn.get(stretch)
    ids?.delete(participant.id)
    if (ids?.size === 0) this.#spentIn.delete(stretch)
  }

  #joinCall(callId: string, id: string): void {
    const others = this.#byCall.get(callId)
    if (others === undefined) this.#byCall.set(callId, id)
    else if (typeof others === 'string') this.#byCall.set(callId, new Set([others, id]))
    else others.add(id)
  }

  #leaveCall(callId: string, id: string): void {
    const others = this.#byCall.get(callId)
    if (typeof others === 'object') others.delete(id)
    if (others === id || (typeof others === 'object' && others.size === 0)) {
      this.#byCall.delete(callId)
    }
  }
}
