import * as v from 'valibot'
import type { RawRecord } from '~/domain/record.ts'
import { request, type Request } from './http.ts'
import { parseAnswer, parseRows, type Rows } from './record.ts'

/** The server's maximum; it silently reduces a larger size to this (voipbin-api.md 3). */
export const PAGE_SIZE = 100

/** One page of a list, newest first. */
export interface Page<T> extends Rows<T> {
  /** The token of the next page; null at the end of the list. */
  readonly next: string | null
}

const PageSchema = v.object({
  result: v.array(v.unknown()),
  next_page_token: v.nullish(v.string(), ''),
})

/** The GET for one page, the newest without a token. */
export const pageRequest = (path: string, token?: string | null): Request & { method?: 'GET' } => ({
  path,
  query: { page_size: String(PAGE_SIZE), ...(token && { page_token: token }) },
})

/**
 * Fetches one page. A short page ends the list, because even the last page has a token (voipbin-api.md 3). A token
 * equal to the one that was sent ends it too.
 *
 * @throws ApiError, of kind 'malformed' when the answer has no list of results
 */
export async function fetchPage<T>(
  path: string,
  parse: (raw: RawRecord) => T | null,
  { token, signal }: { token?: string | null; signal?: AbortSignal | undefined },
): Promise<Page<T>> {
  const answer = await request({ ...pageRequest(path, token), signal })
  const message = 'The server answered without a list of results.'
  const { result, next_page_token: next } = parseAnswer(PageSchema, answer, message)
  const ends = result.length < PAGE_SIZE || !next || next === token
  return { ...parseRows(result, parse), next: ends ? null : next }
}
