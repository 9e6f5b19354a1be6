import { ApiError } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import { isId, ZERO_UUID } from '~/domain/ids.ts'
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

/** What is sent to create or change a conference. Fields that are absent are emptied (voipbin-api.md 16). */
interface RoomBody {
  readonly name: string
  readonly detail: string
  /** Seconds; 0 means no limit. */
  readonly timeout: number
}

/**
 * Creates a conference. With an id of our own a repeated request is refused, not carried out twice (voipbin-api.md 16).
 *
 * @param account the account that asks (`accountOf`)
 * @throws ApiError: 500 when the id is taken or the quota is used up
 */
export const createConference = (
  id: string,
  room: RoomBody,
  account: string,
): Promise<Conference> => {
  const { name, detail, timeout } = room
  const body = { id, type: 'conference', name, detail, timeout, data: {}, ...NO_FLOWS }
  return fetchRecord({ method: 'POST', path: PATH, body, account }, id, parseConference)
}

const NO_FLOWS = { pre_flow_id: '', post_flow_id: '' }

/**
 * Changes a conference. The request overwrites all of it, so that what is not changed is sent as the record has it
 * (voipbin-api.md 16).
 *
 * @param now the record as it was just read
 * @param account the account that asks (`accountOf`)
 */
export function changeConference(
  now: Conference,
  { name, detail, timeout }: RoomBody,
  account: string,
): Promise<Conference> {
  const { data = {}, pre_flow_id = '', post_flow_id = '' } = now.raw
  const body = { name, detail, timeout, data, pre_flow_id, post_flow_id }
  const path = `${PATH}/${now.id}`
  return fetchRecord({ method: 'PUT', path, body, account }, now.id, parseConference)
}

/**
 * Starts a recording without a limit, so that it ends only when it is stopped.
 *
 * @param account the account that asks (`accountOf`)
 * @throws ApiError: 400 when nobody ever joined or there is no balance; of kind 'refused' for the record of zeros with
 *   which the platform refuses a recording during another, or after a stale one (voipbin-api.md 16)
 */
export const startRecording = (id: string, account: string): Promise<Conference> => {
  const body = { format: 'wav', duration: 0, on_end_flow_id: '' }
  const path = `${PATH}/${id}/recording_start`
  return fetchRecord({ method: 'POST', path, body, account }, id, parseStarted)
}

function parseStarted(record: RawRecord): Conference | null {
  if (record['id'] !== ZERO_UUID) return parseConference(record)
  const message = 'The platform refused it: it answered with an empty record.'
  throw new ApiError({ kind: 'refused', status: 200, message })
}

/** Stops the recording. @throws ApiError: 400 when none goes on (voipbin-api.md 16) */
export const stopRecording = (id: string, account: string): Promise<Conference> =>
  fetchRecord(
    { method: 'POST', path: `${PATH}/${id}/recording_stop`, account },
    id,
    parseConference,
  )

/** Replaces the dial-in link: the old one is dead at once (voipbin-api.md 16). The new one is a secret and not returned. */
export const replaceDirectHash = (id: string, account: string): Promise<Conference> =>
  fetchRecord(
    { method: 'POST', path: `${PATH}/${id}/direct-hash-regenerate`, account },
    id,
    parseConference,
  )
