import * as v from 'valibot'
import {
  isMuteDirection,
  type Address,
  type Call,
  type CallAction,
  type MuteDirection,
} from '~/domain/call.ts'
import { isId } from '~/domain/ids.ts'
import { NO_STATUS } from '~/domain/participant-status.ts'
import type { RawRecord } from '~/domain/record.ts'
import { request } from './http.ts'
import { fetchPage, type Page } from './page.ts'
import { isRecord, malformed, parseRecord, text, textOrNone, time } from './record.ts'
import { fetchRecord } from './single.ts'

const PATH = '/v1.0/calls'

const part = v.fallback(v.optional(v.string(), ''), '')

/** An unknown address is `{}` (voipbin-api.md 6). */
const address = v.nullish(
  v.pipe(
    v.object({ type: part, target: part, target_name: part, name: part }, 'is not an address'),
    v.transform(({ type, target, target_name, name }): Address => ({
      type,
      target,
      targetName: target_name,
      name,
    })),
  ),
)

/** The two fields of an action that say where the call is; the others differ from type to type. */
const action = v.nullish(v.object({ id: part, type: part }, 'is not an action'))

const NO_ACTION: CallAction = { id: '', type: '' }

const NO_ADDRESS: Address = { type: '', target: '', targetName: '', name: '' }

const entries = {
  id: text,
  status: textOrNone,
  direction: textOrNone,
  source: address,
  destination: address,
  action,
  mute_direction: textOrNone,
  hangup_by: textOrNone,
  hangup_reason: textOrNone,
  tm_create: time,
  tm_update: time,
  tm_hangup: time,
}

/** Parses a call; null without an id. Unset times are absent (voipbin-api.md 6). */
export function parseCall(record: RawRecord): Call | null {
  const { fields, raw, problems } = parseRecord(entries, record)
  if (!fields.id) return null
  return {
    id: fields.id,
    status: fields.status || NO_STATUS,
    direction: fields.direction ?? '',
    source: fields.source ?? NO_ADDRESS,
    destination: fields.destination ?? NO_ADDRESS,
    action: fields.action ?? NO_ACTION,
    muteDirection: muteIn(fields.mute_direction),
    hangupBy: fields.hangup_by ?? '',
    hangupReason: fields.hangup_reason ?? '',
    createdAt: fields.tm_create,
    updatedAt: fields.tm_update,
    hangupAt: fields.tm_hangup,
    raw,
    problems,
  }
}

/** Absent, `""` and `none` all mean that no mute is stored (voipbin-api.md 15). */
const muteIn = (value: string | null | undefined): Call['muteDirection'] =>
  value && isMuteDirection(value) ? value : ''

/** Up to 100 calls created before `token` (exclusive), newest first: the bulk form of voipbin-api.md 6. */
export const listCalls = (token: string | null, signal?: AbortSignal): Promise<Page<Call>> =>
  fetchPage(PATH, parseCall, { token, signal })

/** One call. @throws ApiError: 404 CALL_NOT_FOUND when missing, 409 STATE_INVALID when deleted */
export const getCall = (id: string, signal?: AbortSignal): Promise<Call> =>
  fetchRecord({ path: `${PATH}/${id}`, signal }, id, parseCall)

/**
 * Asks the server to end a call. The answer is the record of a call that is ending, not ended (voipbin-api.md 6).
 *
 * @param account the account that asks (`accountOf`)
 * @throws ApiError, as `getCall`
 */
export const hangUpCall = (id: string, account: string): Promise<Call> =>
  fetchRecord({ method: 'POST', path: `${PATH}/${id}/hangup`, account }, id, parseCall)

/**
 * Mutes a call: `in` so that the others do not hear the caller (voipbin-api.md 15).
 *
 * @param account the account that asks (`accountOf`)
 * @throws ApiError: 400 INVALID_ARGUMENT when the call is gone, else as `getCall`
 */
export const muteCall = (id: string, direction: MuteDirection, account: string): Promise<void> =>
  sendControl('POST', `${id}/mute`, account, { direction })

/** Ends a mute. The direction must be the stored one, or the record stays wrong (voipbin-api.md 15). */
export const unmuteCall = (id: string, direction: MuteDirection, account: string): Promise<void> =>
  sendControl('DELETE', `${id}/mute`, account, { direction })

/** Plays music to the caller. The conference still hears the caller (voipbin-api.md 15). */
export const startMusic = (id: string, account: string): Promise<void> =>
  sendControl('POST', `${id}/moh`, account)

/** Ends the music. */
export const stopMusic = (id: string, account: string): Promise<void> =>
  sendControl('DELETE', `${id}/moh`, account)

/** Speaks a text to the caller. It answers a call that was not answered yet (voipbin-api.md 15). */
export const speakToCall = (
  id: string,
  spoken: { readonly text: string; readonly language: string },
  account: string,
): Promise<void> =>
  sendControl('POST', `${id}/talk`, account, { ...spoken, provider: '', voice_id: '' })

/** A control of a call, which answers with nothing. */
async function sendControl(
  method: 'POST' | 'DELETE',
  place: string,
  account: string,
  body?: object,
): Promise<void> {
  await request({ method, path: `${PATH}/${place}`, account, isBodyless: true, body })
}

/** A number or a SIP address, and the number that calls it. */
interface Dialled {
  readonly number: string
  readonly type: 'tel' | 'sip'
  readonly source: string
  readonly conferenceId: string
}

/**
 * Calls somebody into a conference. It costs money and cannot be recognised as a repetition (voipbin-api.md 16).
 *
 * @param account the account that asks (`accountOf`)
 * @returns the call, which is not answered yet
 * @throws ApiError: 403 IDENTITY_VERIFICATION_REQUIRED, 500 without balance or with a source of somebody else
 */
export async function placeCall(
  { number, type, source, conferenceId }: Dialled,
  account: string,
): Promise<Call> {
  const answer = await request({
    method: 'POST',
    path: PATH,
    account,
    body: {
      source: { type: 'tel', target: source },
      destinations: [{ type, target: number }],
      actions: [{ type: 'conference_join', option: { conference_id: conferenceId } }],
    },
  })
  const calls: unknown = isRecord(answer) ? answer['calls'] : undefined
  const first: unknown = Array.isArray(calls) ? calls[0] : undefined
  const call = isRecord(first) ? parseCall(first) : null
  if (call && isId(call.id)) return call
  throw malformed('The server took the request but names no call that it has placed.')
}
