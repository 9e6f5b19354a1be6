/** Flags of England, Scotland and Wales, and joiners between two visible characters: emoji and scripts need them. */
const NEEDED = /\u{1F3F4}[\u{E0020}-\u{E007F}]+|(?<=[^\p{C}\p{Z}])[\u200C\u200D](?=[^\p{C}\p{Z}])/gu

/** Controls and invisible characters, among them those that turn text around and so fake a name. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const codePoint = (char: string): string =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`

/**
 * Text that someone else chose, made safe to read: invisible and direction-changing characters are shown by
 * their code point instead of acting.
 */
export function visibleText(text: string): string {
  const needed = text.match(NEEDED) ?? []
  const parts = text.split(NEEDED)
  return parts
    .map((part, index) => part.replace(INVISIBLE, codePoint) + (needed[index] ?? ''))
    .join('')
}
