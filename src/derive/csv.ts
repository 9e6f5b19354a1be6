import { visibleText } from '~/util/visible-text.ts'

/** Tells Excel that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF'

/** The start of a formula in spreadsheets, full-width forms included (OWASP, "CSV Injection"). */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/

/**
 * A file of comma-separated values (RFC 4180): UTF-8 with a mark, every cell quoted, lines ended by
 * CRLF.
 *
 * Text from others cannot run as a formula, because an apostrophe precedes it, and cannot hide or
 * reorder the text, because such characters are written as their code points.
 *
 * @param isFirst whether the file begins with these lines, and so with the mark
 */
export const csvOf = (
  lines: readonly (readonly string[])[],
  { isFirst = true }: { readonly isFirst?: boolean } = {},
): string =>
  (isFirst ? BYTE_ORDER_MARK : '') +
  lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')

function cellOf(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text
  return `"${visibleText(inert).replaceAll('"', '""')}"`
}
