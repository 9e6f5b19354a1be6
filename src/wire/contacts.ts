import { ApiError } from '~/domain/api-error.ts'
import type { RawRecord } from '~/domain/record.ts'
import { request } from './http.ts'
import { isRecord, malformed, parseRecord, text, textOrNone } from './record.ts'

const PATH = '/v1.0/contacts/lookup'

/** An entry of the customer's contacts. */
export interface Contact {
  readonly id: string
  /** The preferred name, else first and last name, else the company. May be empty. */
  readonly name: string
  readonly raw: RawRecord
}

const entries = {
  id: text,
  display_name: textOrNone,
  first_name: textOrNone,
  last_name: textOrNone,
  company: textOrNone,
}

/** Parses a contact; null without an id. A name that is no text counts as empty (voipbin-api.md 15). */
export function parseContact(record: RawRecord): Contact | null {
  const { fields, raw } = parseRecord(entries, record)
  if (!fields.id) return null
  const whole = [fields.first_name, fields.last_name].map(trimmed).filter(Boolean).join(' ')
  const name = trimmed(fields.display_name) || whole || trimmed(fields.company)
  return { id: fields.id, name, raw }
}

const trimmed = (value: string | null | undefined): string => value?.trim() ?? ''

/**
 * The contact with this number, or null when there is none. `request` escapes the plus, without which no number ever
 * matches (voipbin-api.md 15).
 *
 * @param phone in E.164, with the plus
 * @throws ApiError for any other failure, such as 404 ROUTE_NOT_FOUND of a server without contacts
 */
export async function lookupContact(phone: string, signal?: AbortSignal): Promise<Contact | null> {
  const sent = request({ path: PATH, query: { phone }, signal })
  const answer = await sent.catch((error: unknown) => {
    if (isNoContact(error)) return undefined
    throw error
  })
  if (answer === undefined) return null
  const contact = isRecord(answer) ? parseContact(answer) : null
  if (contact) return contact
  throw malformed('The server answered with something that is not a contact.')
}

const isNoContact = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 404 && error.reason === 'CONTACT_NOT_FOUND'
