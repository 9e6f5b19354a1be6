import type { Unreadable } from '~/domain/record.ts'
import type { Span } from './coverage.ts'

/** A row that is no valid record, and the span of the page that held it; null when that is unknown. */
export interface BadRow extends Unreadable {
  readonly span: Span | null
}

/**
 * The bad rows after one more page. Bad rows inside the span of the page are replaced by those of
 * the page; all others are kept. No row is kept twice.
 */
export function withPage(
  known: readonly BadRow[],
  page: { readonly unreadable: readonly Unreadable[]; readonly span: Span | null },
): readonly BadRow[] {
  const { span } = page
  const told = new Set(page.unreadable.map(textOf))
  const kept = known.filter((row) => !told.has(textOf(row)) && !isWithin(row.span, span))
  return [...page.unreadable.map((row) => ({ ...row, span })), ...kept]
}

const textOf = ({ raw }: Unreadable): string => JSON.stringify(raw)

const isWithin = (inner: Span | null, outer: Span | null): boolean =>
  inner === null || (outer !== null && outer.from <= inner.from && inner.to <= outer.to)

/** Returns `before` while `next` says the same, so that its identity is kept. */
export const sameText = <T>(next: T | undefined, before: T): T =>
  next === undefined || JSON.stringify(next) === JSON.stringify(before) ? before : next
