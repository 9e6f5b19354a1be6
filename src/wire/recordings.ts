import { NO_STATUS } from '~/domain/participant-status.ts'
import type { RawRecord } from '~/domain/record.ts'
import type { Recording } from '~/domain/recording.ts'
import { parseRecord, text, textOrNone, time } from './record.ts'
import { fetchRecord } from './single.ts'

const entries = {
  id: text,
  status: textOrNone,
  reference_type: textOrNone,
  reference_id: textOrNone,
  format: textOrNone,
  tm_create: time,
  tm_update: time,
  tm_start: time,
  tm_end: time,
}

/** Parses a recording; null without an id. Unset times are absent (voipbin-api.md 16). */
export function parseRecording(record: RawRecord): Recording | null {
  const { fields, raw, problems } = parseRecord(entries, record)
  if (!fields.id) return null
  return {
    id: fields.id,
    status: fields.status || NO_STATUS,
    referenceType: fields.reference_type ?? '',
    referenceId: fields.reference_id ?? '',
    format: fields.format ?? '',
    createdAt: fields.tm_create,
    updatedAt: fields.tm_update,
    startedAt: fields.tm_start,
    endedAt: fields.tm_end,
    raw,
    problems,
  }
}

/** One recording. @throws ApiError with `isMissing` when there is none */
export const getRecording = (id: string, signal?: AbortSignal): Promise<Recording> =>
  fetchRecord({ path: `/v1.0/recordings/${id}`, signal }, id, parseRecording)
