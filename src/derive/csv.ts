import { visibleText } from '~/util/visible-text.ts'

/** Tells Excel that it is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF'

/** What spreadsheets take for the beginning of a formula, full-width forms included (OWASP, "CSV Injection"). */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/

/**
 * A file of comma-separated values (RFC 4180): UTF-8 with a mark, every cell quoted, lines ended by CRLF.
 *
 * What others chose as text can neither run as a formula, for which an apostrophe is put before it, nor hide or
 * turn round what is written: such characters are shown by their code points.
 */
export const csvOf = (lines: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')

function cellOf(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text
  return `"${visibleText(inert).replaceAll('"', '""')}"`
}
