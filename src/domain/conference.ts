import { shortId } from './ids.ts'
import type { WireRecord } from './record.ts'
import type { Micros } from './time.ts'

/** A room in which calls meet. Its type is conference, connect or queue (voipbin-api.md 5.1). */
export interface Conference extends WireRecord {
  readonly id: string
  readonly customerId: string | null
  readonly type: string | null
  /** starting, progressing, terminating, terminated, or another text from the server. */
  readonly status: string
  readonly name: string
  readonly detail: string
  /** Seconds; 0 means no limit. */
  readonly timeout: number
  /** A hint only, not the roster (voipbin-api.md 5.3). */
  readonly participantIds: readonly string[]
  /** The last one started: it may be over (voipbin-api.md 16). Null when none is named. */
  readonly recordingId: string | null
  /** All recordings of it, as far as the server lists them. */
  readonly recordingIds: readonly string[]
  readonly isTranscribing: boolean
  readonly createdAt: Micros | null
  readonly updatedAt: Micros | null
  readonly endedAt: Micros | null
  readonly deletedAt: Micros | null
}

/** The label of a conference: its name, or the short id when it has none. */
export const conferenceLabel = (conference: { id: string; name: string }): string =>
  conference.name.trim() || shortId(conference.id)
