import { isId } from '~/domain/ids.ts'
import type { Participant } from '~/domain/participant.ts'
import { NO_STATUS } from '~/domain/participant-status.ts'
import type { Problem, RawRecord } from '~/domain/record.ts'
import { sendAhead } from './http.ts'
import { fetchPage, pageRequest, type Page } from './page.ts'
import { parseRecord, requiredTime, text, textOrNone, time } from './record.ts'
import { fetchRecord } from './single.ts'

/** The platform calls a participant a conferencecall (voipbin-api.md 4.1). */
const PATH = '/v1.0/conferencecalls'

const entries = {
  id: text,
  customer_id: text,
  activeflow_id: textOrNone,
  conference_id: text,
  reference_type: text,
  reference_id: text,
  status: text,
  tm_create: requiredTime,
  tm_update: time,
  tm_delete: time,
}

/** Parses a participant; null without an id. */
export function parseParticipant(record: RawRecord): Participant | null {
  const { fields, raw, problems } = parseRecord(entries, record)
  if (!fields.id) return null
  return {
    id: fields.id,
    customerId: fields.customer_id,
    activeflowId: idOrNone(fields.activeflow_id),
    conferenceId: fields.conference_id,
    referenceType: fields.reference_type,
    referenceId: idOrNone(fields.reference_id),
    status: fields.status ?? NO_STATUS,
    createdAt: fields.tm_create,
    updatedAt: fields.tm_update,
    deletedAt: fields.tm_delete,
    raw,
    problems: [...problems, ...typeProblem(fields.reference_type)],
  }
}

/** The platform only has participants of type `call` (voipbin-api.md 4.1); another type is shown and marked. */
const typeProblem = (type: string | null): readonly Problem[] =>
  type === null || type === 'call'
    ? []
    : [{ field: 'reference_type', text: 'reference_type is not a known one' }]

const idOrNone = (id: string | null): string | null => (id && isId(id) ? id : null)

/** One page of all participants of the customer, newest first, those that have left included (voipbin-api.md 4.2). */
export const listParticipants = (
  token: string | null,
  signal?: AbortSignal,
): Promise<Page<Participant>> => fetchPage(PATH, parseParticipant, { token, signal })

/** Sends for the newest page before `listParticipants` does. */
export const listParticipantsAhead = (): void => sendAhead(pageRequest(PATH))

/** One participant. @throws ApiError with `isMissing` when there is none */
export const getParticipant = (id: string, signal?: AbortSignal): Promise<Participant> =>
  fetchRecord({ path: `${PATH}/${id}`, signal }, id, parseParticipant)

/**
 * Asks the server to remove a participant. The answer is the record, normally `leaving`: removal is requested, not
 * done. After any error the record may have changed all the same (voipbin-api.md 4.3).
 *
 * @param account the account that asks (`accountOf`)
 */
export const deleteParticipant = (id: string, account: string): Promise<Participant> =>
  fetchRecord({ method: 'DELETE', path: `${PATH}/${id}`, account }, id, parseParticipant)
