/** Invisible characters that emoji and scripts need: tags in the flags of England, Scotland and Wales, and joiners. */
const NEEDED = /\u{1F3F4}[\u{E0020}-\u{E007F}]+|(?<=[^\p{C}\p{Z}])[\u200C\u200D](?=[^\p{C}\p{Z}])/gu

/**
 * Control and invisible characters, such as those that reverse text and can so fake a name. Also letters and symbols
 * that draw nothing, and a variation selector without a character before it.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034F\u115F\u1160\u2800\u3164\uFFA0]|(?<![^\p{C}\p{Z}])[\uFE00-\uFE0F]/gu

const codePoint = (char: string): string =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`

/** Makes text from outside safe to read: invisible and direction-changing characters become their code points. */
export function visibleText(text: string): string {
  const needed = text.match(NEEDED) ?? []
  const parts = text.split(NEEDED)
  return parts
    .map((part, index) => part.replace(INVISIBLE, codePoint) + (needed[index] ?? ''))
    .join('')
}
