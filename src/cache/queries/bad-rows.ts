import type { Unreadable } from '~/domain/record.ts'
import type { Span } from './coverage.ts'

/** A row that could not be read as a record, and the stretch of the list it was met in; null when not known. */
export interface BadRow extends Unreadable {
  readonly span: Span | null
}

/**
 * What a page says of bad rows. Those of a stretch that it covers as a whole are dropped, for it tells them anew or
 * tells them mended; others may lie outside of it and are kept, once each.
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

/** The bad rows known before, while the next ones are the same. */
export const sameText = <T>(next: T | undefined, before: T): T =>
  next === undefined || JSON.stringify(next) === JSON.stringify(before) ? before : next
