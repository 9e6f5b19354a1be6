import type { RosterEntry } from '~/domain/merge.ts'
import { isGone } from '~/domain/participant.ts'
import { hasLeft } from '~/domain/participant-status.ts'
import { toMillis, type Micros } from '~/domain/time.ts'

/** How many participants were in a conference at the end of each minute of the last hour. */
export interface Occupancy {
  /** The minute that is not over yet, in minutes since the epoch. Its count is that of now. */
  readonly minute: number
  /** One count a minute, oldest first, `minute` last; null for a minute that is not known. */
  readonly counts: ReadonlyArray<number | null>
}

/** What was read of the list of participants. */
export interface Reading {
  /** The spans of creation time that were read, both ends included, newest first, no two touching. */
  readonly spans: ReadonlyArray<{ readonly from: Micros; readonly to: Micros }>
  /** When the newest page was last read; null while that is now. By the server's clock. */
  readonly until: Micros | null
  /** No participant created before this time can be in a conference at `at`, in milliseconds. */
  readonly horizonAt: (at: number) => Micros
}

/** A change of one participant; `after` is undefined once it is forgotten, `before` when it is new. */
interface EntryChange {
  readonly before: RosterEntry | undefined
  readonly after: RosterEntry | undefined
}

const MINUTE: Micros = 60_000_000

/** The length of an occupancy. Minutes. */
export const MINUTES = 60

/** The whole minutes since the epoch at a moment. */
export const minuteOf = (at: Micros): number => Math.floor(at / MINUTE)

/** When a minute begins, in milliseconds since the epoch. */
export const minuteStart = (minute: number): number => toMillis(minute * MINUTE)

/**
 * The occupancy of conferences, kept up with the roster: a conference is walked when it is first asked for, and from
 * then on a change costs what it changes.
 */
export class Occupancies {
  readonly #entriesOf: (conferenceId: string) => Iterable<RosterEntry>
  readonly #attendances = new Map<string, Attendance>()

  /** @param entriesOf the participants that are or were in a conference */
  constructor(entriesOf: (conferenceId: string) => Iterable<RosterEntry>) {
    this.#entriesOf = entriesOf
  }

  /** Applies changes of the roster. */
  note(changes: readonly EntryChange[]): void {
    for (const { before, after } of changes) {
      if (before) this.#attendanceOf(before)?.count(before, -1)
      if (after) this.#attendanceOf(after)?.count(after, 1)
    }
  }

  /** Forgets all, as after changes that it was not told. */
  clear(): void {
    this.#attendances.clear()
  }

  /**
   * The occupancy of one conference; the same object while nothing in it has changed.
   *
   * @param createdAt of the conference: no participant is older. Null when it is unknown
   * @param now in milliseconds by the server's clock; only its minute matters
   */
  of(id: string, createdAt: Micros | null, reading: Reading, now: number): Occupancy {
    const minute = minuteOf(now * 1000)
    const known = this.#attendances.get(id)
    const attendance = known ?? new Attendance(minute - MINUTES)
    if (!known) {
      for (const entry of this.#entriesOf(id)) attendance.count(entry, 1)
      this.#attendances.set(id, attendance)
    }
    return attendance.occupancy(minute, createdAt, reading)
  }

  #attendanceOf({ participant: { conferenceId } }: RosterEntry): Attendance | undefined {
    return conferenceId === null ? undefined : this.#attendances.get(conferenceId)
  }
}

/** A stay in whole minutes since the epoch, in this order; infinite where a record does not say. */
interface Stay {
  /** Before this minute it was not in. */
  readonly earliest: number
  /** From this minute on it was in, up to `last`. */
  readonly from: number
  /** From this minute on it may have been out. */
  readonly last: number
  /** From this minute on it was out. */
  readonly latest: number
}

/** The participants present in one conference, as sums of changes by minute. */
class Attendance {
  /** Stays that ended before this minute are left out. */
  readonly #since: number
  #live = 0
  /** How many more were in for certain from a minute on. */
  readonly #present = new Map<number, number>()
  /** Of how many more it is not known from a minute on whether they were in. */
  readonly #unsure = new Map<number, number>()
  #kept: { readonly occupancy: Occupancy; readonly made: Made } | null = null

  constructor(since: number) {
    this.#since = since
  }

  /** Counts a participant, or takes its count back with a `sign` of -1. */
  count(entry: RosterEntry, sign: 1 | -1): void {
    this.#kept = null
    if (!isGone(entry.participant)) this.#live += sign
    const { earliest, from, last, latest } = stayOf(entry)
    if (latest < this.#since) return
    addStretch(this.#present, from, last, sign)
    if (earliest < from) addStretch(this.#unsure, earliest, from, sign)
    if (last < latest) addStretch(this.#unsure, last, latest, sign)
  }

  /** See `Occupancies.of`. */
  occupancy(minute: number, createdAt: Micros | null, reading: Reading): Occupancy {
    const made = { minute, createdAt, reading }
    if (!this.#kept || !isSame(this.#kept.made, made)) {
      this.#kept = { made, occupancy: { minute, counts: this.#counts(made) } }
    }
    return this.#kept.occupancy
  }

  #counts({ minute, createdAt, reading }: Made): Occupancy['counts'] {
    const first = minute - MINUTES + 1
    const [present, unsure] = [this.#present, this.#unsure].map((all) => runningSums(all, first))
    return Array.from({ length: MINUTES }, (_, index) => {
      const isNow = index === MINUTES - 1
      if (!isRead(first + index, createdAt, reading)) return null
      // The present ones are known, also where a record does not say since when.
      if (isNow) return this.#live
      return unsure?.[index] === 0 ? (present?.[index] ?? 0) : null
    })
  }
}

/** What an occupancy was made of, beside the participants. */
interface Made {
  readonly minute: number
  readonly createdAt: Micros | null
  readonly reading: Reading
}

const isSame = (one: Made, other: Made): boolean =>
  one.minute === other.minute && one.createdAt === other.createdAt && one.reading === other.reading

/** Adds to all minutes from one on, up to another. */
function addStretch(sums: Map<number, number>, from: number, to: number, change: number): void {
  add(sums, from, change)
  add(sums, to, -change)
}

const add = (sums: Map<number, number>, minute: number, change: number): void => {
  sums.set(minute, (sums.get(minute) ?? 0) + change)
}

/** The sum of all changes up to each of the minutes from `first` on. */
function runningSums(changes: ReadonlyMap<number, number>, first: number): readonly number[] {
  const sums = Array<number>(MINUTES).fill(0)
  for (const [minute, change] of changes) {
    const index = Math.max(minute - first, 0)
    if (index < MINUTES) sums[index] = (sums[index] ?? 0) + change
  }
  for (let index = 1; index < MINUTES; index++)
    sums[index] = (sums[index] ?? 0) + (sums[index - 1] ?? 0)
  return sums
}

/**
 * Whether all participants present at the end of a minute are known. Those were created between the creation of the
 * conference, or the horizon of that minute if it is later, and the end of the minute: all of that time must have been
 * read, without a gap. A minute that ended after the newest page was last read is not known either.
 */
function isRead(
  minute: number,
  createdAt: Micros | null,
  { spans, until, horizonAt }: Reading,
): boolean {
  const end = (minute + 1) * MINUTE - 1
  const from = Math.max(createdAt ?? 0, horizonAt(toMillis(end)))
  // The conference did not exist yet.
  if (from > end) return true
  return spans.some(
    (span, index) => span.from <= from && (index === 0 ? isBefore(end, until) : end <= span.to),
  )
}

/** The newest span reaches as far as the newest page was read: nothing newer was on it. */
const isBefore = (end: Micros, until: Micros | null): boolean => until === null || end <= until

function stayOf(entry: RosterEntry): Stay {
  const { participant, otherChanges } = entry
  const { createdAt, updatedAt } = participant
  const isHere = !isGone(participant)
  const left = isHere ? Infinity : leftAt(entry)
  const latest = minuteOf(left ?? Infinity)
  // So it is with nearly all of them.
  if (createdAt !== null && left !== null) {
    const from = Math.min(minuteOf(createdAt), latest)
    return { earliest: from, from, last: latest, latest }
  }
  const seen = otherChanges.filter(({ status, at }) => !hasLeft(status) && at > 0)
  const times = [...seen.map(({ at }) => at), createdAt, isHere ? updatedAt : null]
  const known = times.filter((at) => at !== null)
  const from = Math.min(minuteOf(createdAt ?? Math.min(...known)), latest)
  return {
    earliest: createdAt === null ? -Infinity : from,
    from,
    last: left === null && from < Infinity ? minuteOf(Math.max(...known)) : latest,
    latest,
  }
}

/** When a participant that is gone left; null when no record says. */
function leftAt({ participant, otherChanges }: RosterEntry): Micros | null {
  const { status, updatedAt, deletedAt } = participant
  const times = otherChanges.filter((change) => hasLeft(change.status)).map(({ at }) => at)
  if (hasLeft(status) && updatedAt !== null) times.push(updatedAt)
  if (deletedAt !== null) times.push(deletedAt)
  return times.length > 0 ? Math.min(...times) : null
}
