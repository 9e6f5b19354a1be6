import { changedAt, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { serverNow } from '~/clock.ts'

/** A change is announced within this time. Milliseconds. */
export const ANNOUNCED_WITHIN = 5000

/** How far the estimate of the server's clock may be off. Milliseconds. */
const CLOCK_SLACK = 2000

/** What the poll finds is hardly ever older: for so long it matters when an event came. Milliseconds. */
const EVENTS_MATTER_FOR = 3600_000

/**
 * When the socket last announced something of each conference. A half-open socket looks healthy (voipbin-api.md 9.6): it
 * is recognised by what it did not announce.
 */
export class Announcements {
  readonly #at = new Map<string, number>()
  /** By the server's clock, as the times of what changes; infinite while the socket is not open. */
  #openSince = Infinity

  /** Notes that the socket is open from now on, or not any more. */
  setOpen(isOpen: boolean): void {
    this.#openSince = isOpen ? serverNow() : Infinity
  }

  /** Notes events of conferences. */
  note(conferenceIds: readonly (string | null)[]): void {
    const now = serverNow()
    for (const [id, at] of this.#at) if (now - at > EVENTS_MATTER_FOR) this.#at.delete(id)
    for (const id of conferenceIds) if (id !== null) this.#at.set(id, now)
  }

  /** Whether a change should have been announced by now, and was not. */
  lacks = (participant: Participant): boolean => {
    const at = toMillis(changedAt(participant))
    return (
      serverNow() - at > ANNOUNCED_WITHIN &&
      at - this.#openSince > CLOCK_SLACK &&
      (this.#at.get(participant.conferenceId ?? '') ?? 0) < at - CLOCK_SLACK
    )
  }
}
