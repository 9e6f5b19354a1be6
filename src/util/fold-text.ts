/** Whether a text is as `foldText` would return it, but for capitals: most are, and are not worth more. */
const PLAIN = /^[\u0020-\u007E]*$/

/** The first digit of each script has a code point with this property; the other nine follow it (Unicode 4.8). */
const DIGIT = /\p{Nd}/gu

/**
 * Text as a search compares it: without case, accents and width, and with the digits of every script as 0 to 9.
 * `José`, `JOSE` and `ｊｏｓｅ` are `jose`.
 */
export const foldText = (text: string): string =>
  PLAIN.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(DIGIT, digit).toLowerCase()

function digit(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return char
  let first = code
  while (code - first < 9 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1
  return String((code - first) % 10)
}

/** Folded text in which each run of blanks is one space: how rows are searched, and what for. */
export const searchable = (text: string): string => foldText(text).replaceAll(/\s+/g, ' ')
