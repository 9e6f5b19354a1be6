import type { WireRecord } from './record.ts'
import type { Micros } from './time.ts'

/** A recording of a call or of a conference, and the only record of whether it goes on (voipbin-api.md 16). */
export interface Recording extends WireRecord {
  readonly id: string
  /** initiating, recording, stopping, ended, or another text from the server. */
  readonly status: string
  readonly referenceType: string
  readonly referenceId: string
  readonly format: string
  readonly createdAt: Micros | null
  readonly updatedAt: Micros | null
  readonly startedAt: Micros | null
  readonly endedAt: Micros | null
}

/** Whether a recording goes on, or is about to. */
export const isRecordingNow = ({ status, endedAt }: Recording): boolean =>
  endedAt === null && (status === 'initiating' || status === 'recording')

/** Whether a recording is over. */
export const isRecorded = ({ status, endedAt }: Recording): boolean =>
  status === 'ended' || endedAt !== null

const RANK = ['initiating', 'recording', 'stopping', 'ended']

const rankOf = ({ status, endedAt }: Recording): number =>
  endedAt === null ? RANK.indexOf(status) : RANK.length

/** The newer of two records of one recording. It only goes forward; frames come in any order (voipbin-api.md 9.6). */
export function newerRecording(held: Recording | undefined, told: Recording): Recording {
  if (!held) return told
  const [before, now] = [rankOf(held), rankOf(told)]
  if (before !== now) return now > before ? told : held
  return (told.updatedAt ?? 0) < (held.updatedAt ?? 0) ? held : told
}

/** When a recording was over, by its record; null while it is not, or where the record has no time. */
export const overAt = (recording: Recording): Micros | null =>
  isRecorded(recording) ? (recording.endedAt ?? recording.updatedAt) : null
