import type { Conference } from '~/domain/conference.ts'
import { isId } from '~/domain/ids.ts'
import { NO_STATUS } from '~/domain/participant-status.ts'
import type { RawRecord } from '~/domain/record.ts'
import { sendAhead } from './http.ts'
import { fetchPage, type Page } from './page.ts'
import {
  idsOrNone,
  isRecord,
  numberOrNone,
  parseRecord,
  requiredTime,
  text,
  textOrNone,
  time,
} from './record.ts'
import { fetchRecord } from './single.ts'

const PATH = '/v1.0/conferences'

const entries = {
  id: text,
  customer_id: text,
  type: text,
  status: text,
  name: textOrNone,
  detail: textOrNone,
  timeout: numberOrNone,
  conferencecall_ids: idsOrNone,
  recording_id: textOrNone,
  recording_ids: idsOrNone,
  transcribe_id: textOrNone,
  tm_create: requiredTime,
  tm_update: time,
  tm_end: time,
  tm_delete: time,
}

const withoutSecret = ({ direct_hash: _secret, ...safe }: RawRecord): RawRecord => safe

/** Parses a conference; null without an id. Keys that the server omits when empty get their empty value. */
export function parseConference(record: RawRecord): Conference | null {
  // direct_hash lets anyone dial in: it must not reach the screen or a copied JSON (voipbin-api.md 5.1).
  const { fields, raw, problems } = parseRecord(entries, withoutSecret(record))
  if (!fields.id) return null
  return {
    id: fields.id,
    customerId: fields.customer_id,
    type: fields.type,
    status: fields.status ?? NO_STATUS,
    name: fields.name ?? '',
    detail: fields.detail ?? '',
    timeout: fields.timeout ?? 0,
    participantIds: fields.conferencecall_ids ?? [],
    recordingId: isId(fields.recording_id ?? '') ? fields.recording_id : null,
    recordingIds: fields.recording_ids ?? [],
    isTranscribing: isId(fields.transcribe_id ?? ''),
    createdAt: fields.tm_create,
    updatedAt: fields.tm_update,
    endedAt: fields.tm_end,
    deletedAt: fields.tm_delete,
    raw,
    problems,
  }
}

/** One page of the conferences of type `conference` that are not deleted (voipbin-api.md 5.2). */
export async function listConferences(
  token: string | null,
  signal?: AbortSignal,
): Promise<Page<Conference>> {
  const page = await fetchPage(PATH, parseConference, { token, signal })
  const unreadable = page.unreadable.map(({ raw, text: why }) => ({
    raw: isRecord(raw) ? withoutSecret(raw) : raw,
    text: why,
  }))
  return { ...page, unreadable }
}

/** One conference of any type, deleted ones too. @throws ApiError with `isMissing` when there is none */
export const getConference = (id: string, signal?: AbortSignal): Promise<Conference> =>
  fetchRecord({ path: `${PATH}/${id}`, signal }, id, parseConference)

/** Sends for a conference before `getConference` does. */
export const getConferenceAhead = (id: string): void => sendAhead({ path: `${PATH}/${id}` })

/**
 * Asks the server to end a conference. It kicks the participants one after the other within the request and answers
 * with the record of a conference that is ending, not ended. A big room may give 503 although the kicks go on
 * (voipbin-api.md 5.2).
 *
 * @param account the account that asks (`accountOf`)
 */
export const deleteConference = (id: string, account: string): Promise<Conference> =>
  fetchRecord({ method: 'DELETE', path: `${PATH}/${id}`, account }, id, parseConference)
