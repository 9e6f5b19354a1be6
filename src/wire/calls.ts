import * as v from 'valibot'
import type { Address, Call, CallAction } from '~/domain/call.ts'
import { NO_STATUS } from '~/domain/participant-status.ts'
import type { RawRecord } from '~/domain/record.ts'
import { fetchPage, type Page } from './page.ts'
import { parseRecord, text, textOrNone, time } from './record.ts'
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
    hangupBy: fields.hangup_by ?? '',
    hangupReason: fields.hangup_reason ?? '',
    createdAt: fields.tm_create,
    updatedAt: fields.tm_update,
    hangupAt: fields.tm_hangup,
    raw,
    problems,
  }
}

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
