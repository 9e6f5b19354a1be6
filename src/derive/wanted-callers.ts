import type { RosterEntry } from '~/domain/merge.ts'
import { PARTICIPANT_STATUSES } from '~/domain/participant-status.ts'
import type { Micros } from '~/domain/time.ts'

/** A call with a caller to read, and when its participant was created. */
interface Wanted {
  readonly callId: string
  readonly createdAt: Micros | null
}

/** Participants with unknown callers, by status, so that hidden statuses cost nothing. */
export class WantedCallers {
  readonly #byStatus = new Map<string, Map<string, Wanted>>()
  /** The status under which each participant is kept, by id. */
  readonly #statuses = new Map<string, string>()

  /** Applies the current entry of a participant; no entry, or a known caller, ends the need. */
  note(id: string, entry: RosterEntry | undefined, isKnown: (callId: string) => boolean): void {
    const { status, referenceId = null, createdAt = null } = entry?.participant ?? {}
    const before = this.#statuses.get(id)
    const isWanted = status !== undefined && referenceId !== null && !isKnown(referenceId)
    if (before !== undefined && (!isWanted || before !== status)) {
      this.#byStatus.get(before)?.delete(id)
      this.#statuses.delete(id)
    }
    if (!isWanted || before === status) return
    const group = this.#byStatus.get(status) ?? new Map<string, Wanted>()
    group.set(id, { callId: referenceId, createdAt })
    this.#byStatus.set(status, group)
    this.#statuses.set(id, status)
  }

  /** The open participant first, whatever its status, then those of the statuses that are shown. */
  *among(hidden: readonly string[], openId: string | null): Generator<Wanted> {
    const open = openId === null ? undefined : this.#statuses.get(openId)
    const wanted = open !== undefined && openId !== null && this.#byStatus.get(open)?.get(openId)
    if (wanted) yield wanted
    const others = [...this.#byStatus.keys()].filter((status) => !isLadder(status))
    for (const status of [...PARTICIPANT_STATUSES, ...others]) {
      if (!hidden.includes(status)) yield* this.#byStatus.get(status)?.values() ?? []
    }
  }

  /** Whether there are any. */
  isAny(hidden: readonly string[], openId: string | null): boolean {
    return this.among(hidden, openId).next().done !== true
  }
}

const isLadder = (status: string): boolean => PARTICIPANT_STATUSES.some((one) => one === status)
