import type { RawRecord } from '~/domain/record.ts'
import { request, type Request } from './http.ts'
import { isRecord, malformed } from './record.ts'

/**
 * Sends a request about one record and parses the answer. An answer with another id is a failure: the platform can
 * send a zero-valued record with status 200 (voipbin-api.md 5.2).
 *
 * @throws ApiError
 */
export async function fetchRecord<T extends { readonly id: string }>(
  wanted: Request,
  id: string,
  parse: (raw: RawRecord) => T | null,
): Promise<T> {
  const answer = await request(wanted)
  const record = isRecord(answer) ? parse(answer) : null
  if (record?.id === id) return record
  const what = record
    ? `about another record (${record.id})`
    : 'with something that is not a record'
  throw malformed(`The server answered ${what}.`)
}
