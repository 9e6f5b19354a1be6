/** Any JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

export type JsonObject = { readonly [key: string]: Json }

/** True for a JSON object, not for null or a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const ESCAPED = /[<>&\u2028\u2029]/g

/** JSON as Go's encoder writes it: `<`, `>`, `&` become `\u003c` ... (voipbin-api.md quirk 26). */
export function goJson(value: Json): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Parses JSON, or gives undefined. */
export function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
