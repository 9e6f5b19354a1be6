import { ApiError } from '~/domain/api-error.ts'
import type { Conference } from '~/domain/conference.ts'
import { ZERO_UUID } from '~/domain/ids.ts'
import type { RawRecord } from '~/domain/record.ts'
import { parseConference } from './conferences.ts'
import { fetchRecord } from './single.ts'

// Apart from what reads conferences: the first rows need none of it.
const PATH = '/v1.0/conferences'

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
  { name, detail, timeout }: RoomBody,
  account: string,
): Promise<Conference> => {
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
  order(id, 'recording_stop', account)

/** Replaces the dial-in link: the old one is dead at once (voipbin-api.md 16). The new one is a secret and not returned. */
export const replaceDirectHash = (id: string, account: string): Promise<Conference> =>
  order(id, 'direct-hash-regenerate', account)

const order = (id: string, what: string, account: string): Promise<Conference> =>
  fetchRecord({ method: 'POST', path: `${PATH}/${id}/${what}`, account }, id, parseConference)
