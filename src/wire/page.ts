import * as v from 'valibot'
import { ApiError } from '~/domain/api-error.ts'
import type { RawRecord, Unreadable } from '~/domain/record.ts'
import { request } from './http.ts'
import { parseRows } from './record.ts'

/** The server's own maximum; more is silently cut to it (voipbin-api.md 3). */
export const PAGE_SIZE = 100

/** One page of a list, newest first. */
export interface Page<T> {
  readonly records: readonly T[]
  readonly unreadable: readonly Unreadable[]
  /** Where the next page starts, or null at the end. */
  readonly next: string | null
}

const PageSchema = v.object({
  result: v.array(v.unknown()),
  next_page_token: v.nullish(v.string(), ''),
})

/**
 * Fetches one page. The end is a short page, for the token is there even on the last one (voipbin-api.md 3);
 * a token that repeats at once ends the list too.
 *
 * @throws ApiError, of kind 'malformed' when the answer is no list
 */
export async function fetchPage<T>(
  path: string,
  read: (raw: RawRecord) => T | null,
  { token, signal }: { token?: string | null; signal?: AbortSignal | undefined } = {},
): Promise<Page<T>> {
  const query = { page_size: String(PAGE_SIZE), ...(token && { page_token: token }) }
  const found = v.safeParse(PageSchema, await request({ path, query, signal }))
  if (!found.success) {
    throw new ApiError({
      kind: 'malformed',
      message: 'The server answered without a list of results.',
    })
  }
  const { result, next_page_token: next } = found.output
  const ends = result.length < PAGE_SIZE || !next || next === token
  return { ...parseRows(result, read), next: ends ? null : next }
}
