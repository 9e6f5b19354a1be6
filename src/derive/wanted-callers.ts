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
  readonly #entryOf: (id: string) => RosterEntry | undefined
  readonly #byStatus = new Map<string, Set<string>>()

  constructor(entryOf: (id: string) => RosterEntry | undefined) {
    this.#entryOf = entryOf
  }

  /** Reads the entry of a participant anew; no entry, or a known caller, ends the need. */
  note(id: string, isKnown: (callId: string) => boolean): void {
    const { status, referenceId = null } = this.#entryOf(id)?.participant ?? {}
    const isWanted = status !== undefined && referenceId !== null && !isKnown(referenceId)
    for (const [other, ids] of this.#byStatus) if (!isWanted || other !== status) ids.delete(id)
    if (!isWanted) return
    const ids = this.#byStatus.get(status) ?? new Set()
    this.#byStatus.set(status, ids.add(id))
  }

  /** The open participant first, whatever its status, then those of the statuses that are shown. */
  *among(hidden: readonly string[], openId: string | null): Generator<Wanted> {
    const groups = [...this.#byStatus.values()]
    if (openId !== null && groups.some((ids) => ids.has(openId))) yield* this.#wanted([openId])
    const others = [...this.#byStatus.keys()].filter((status) => !isLadder(status))
    for (const status of [...PARTICIPANT_STATUSES, ...others]) {
      if (!hidden.includes(status)) yield* this.#wanted(this.#byStatus.get(status) ?? [])
    }
  }

  /** Whether there are any. */
  isAny(hidden: readonly string[], openId: string | null): boolean {
    return this.among(hidden, openId).next().done !== true
  }

  *#wanted(ids: Iterable<string>): Generator<Wanted> {
    for (const id of ids) {
      const { referenceId: callId = null, createdAt = null } = this.#entryOf(id)?.participant ?? {}
      if (callId !== null) yield { callId, createdAt }
    }
  }
}

const isLadder = (status: string): boolean => PARTICIPANT_STATUSES.some((one) => one === status)
