import type { Json } from '../world/json.ts'

const ESCAPED = /[<>&\u2028\u2029]/g

/** JSON as Go's encoder writes it: `<`, `>`, `&` become `\u003c` ... (voipbin-api.md quirk 26). */
export function goJson(value: Json): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
