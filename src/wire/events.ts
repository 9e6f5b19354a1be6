import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Participant } from '~/domain/participant.ts'
import type { RawRecord } from '~/domain/record.ts'
import type { Recording } from '~/domain/recording.ts'
import { parseJson } from '~/util/json.ts'
import { parseCall } from './calls.ts'
import { parseConference } from './conferences.ts'
import { parseParticipant } from './participants.ts'
import { isRecord } from './record.ts'
import { parseRecording } from './recordings.ts'

/** A record as it is now. A frame does not say what changed in it (voipbin-api.md 9.5). */
interface Pushed<Kind extends string, T> {
  readonly kind: Kind
  readonly record: T
  /** The customer of the record; null when the server does not say. */
  readonly customerId: string | null
}

/** The content of one frame of the socket. */
export type PushEvent =
  | Pushed<'conference', Conference>
  | Pushed<'participant', Participant>
  | Pushed<'call', Call>
  | Pushed<'recording', Recording>
  | { readonly kind: 'unreadable'; readonly text: string }

/** In characters. A conference of 10,000 participants is shorter; a longer frame is not parsed. */
const LONGEST_FRAME = 500_000

/**
 * Parses a frame: bare, as today's server sends it, or wrapped, as older servers do (voipbin-api.md 9.5). Never
 * throws: any other frame is 'unreadable', with a sentence that says why and contains nothing of the frame.
 */
export function parseEvent(text: string): PushEvent {
  if (text.length > LONGEST_FRAME) return unreadable('It is too long for an event.')
  const frame = parseJson(text)
  if (frame === undefined) return unreadable('It is not JSON.')
  if (!isRecord(frame)) return unreadable('It is not a record.')
  return parseResource(unwrap(frame))
}

const unreadable = (text: string): PushEvent => ({ kind: 'unreadable', text })

/** A bare conference has `type` and may have `data` too, so only a missing id shows a wrapper (voipbin-api.md 9.5). */
function unwrap(frame: RawRecord): RawRecord {
  const { id, type, data } = frame
  const wrapped = id === undefined && typeof type === 'string' && type.includes('_')
  return wrapped && isRecord(data) ? data : frame
}

const CONFERENCE_TYPES = new Set<unknown>(['conference', 'connect', 'queue'])

function parseResource(raw: RawRecord): PushEvent {
  if ('conference_id' in raw && 'reference_id' in raw) {
    return pushed('participant', parseParticipant(raw), raw)
  }
  // A recording names what it is of, as a participant does, and no conference (voipbin-api.md 16, 17).
  if ('reference_id' in raw && 'format' in raw) {
    return pushed('recording', parseRecording(raw), raw)
  }
  if ('direction' in raw || 'source' in raw) return pushed('call', parseCall(raw), raw)
  if ('pre_flow_id' in raw || CONFERENCE_TYPES.has(raw['type'])) {
    return pushed('conference', parseConference(raw), raw)
  }
  return unreadable('It is neither a conference, a participant, a call nor a recording.')
}

function pushed<Kind extends string, T>(
  kind: Kind,
  record: T | null,
  { customer_id: customerId }: RawRecord,
): Pushed<Kind, T> | PushEvent {
  if (record === null) return unreadable('It has no id.')
  return { kind, record, customerId: typeof customerId === 'string' ? customerId : null }
}
