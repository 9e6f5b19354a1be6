/** Controls and invisible characters, among them those that turn text around and so fake a name. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Joiners that emoji and several scripts need to be written at all. */
const HARMLESS = /[\u200c\u200d]/

/**
 * Text that someone else chose, made safe to read: invisible and direction-changing characters are shown by
 * their code point instead of acting.
 */
export const visibleText = (text: string): string =>
  text.replace(INVISIBLE, (char) => {
    if (HARMLESS.test(char)) return char
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `⟨U+${code}⟩`
  })
