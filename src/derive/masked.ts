import { foldText } from '~/util/fold-text.ts'

/** As many digits tell two callers of one conversation apart. */
const LAST = 4

/**
 * A name or number that others may read: of a number its last digits, of a name the first letter of each word.
 * `+1 555 010 4711` is `…4711`, `Ann Lee` is `A. L.`
 */
export function masked(text: string): string {
  const digits = foldText(text).replaceAll(/\D/g, '')
  if (digits.length > LAST && digits.length * 2 > text.length) return `…${digits.slice(-LAST)}`
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${Array.from(word)[0] ?? ''}.`)
    .join(' ')
}
