import { foldText } from '~/util/fold-text.ts'

/** Callers that hide their number all have the same one. */
const HIDDEN = /^(anonymous|unknown|unavailable|restricted|private|withheld)(@|$)/

/** Invisible characters, and what is written in their place (util/visible-text.ts). */
const INVISIBLE = /⟨u\+[\da-f]+⟩|[\p{C}\p{Z}]/gu

/**
 * What makes two numbers the same: the digits and the leading plus, however they are written. What has letters is
 * no telephone number but a name or an address, and is compared as a whole. Empty when it says nothing.
 */
export function numberKey(number: string): string {
  const text = foldText(number)
    .replaceAll(INVISIBLE, '')
    .replace(/^(sips?|tel):/, '')
    .replace(/;.*$/, '')
  if (/[\p{L}@]/u.test(text)) return HIDDEN.test(text) ? '' : text
  const digits = text.replaceAll(/\D/g, '')
  return digits && (text.startsWith('+') ? `+${digits}` : digits)
}
