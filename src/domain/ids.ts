const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The wire's "none" for an id: Go does not omit an empty UUID (voipbin-api.md 4.1). */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000'

/** True for what the server accepts as an id: a UUID that is not all zeros (voipbin-api.md 4.2). */
export const isId = (text: string): boolean => UUID.test(text) && text !== ZERO_UUID

/** The first group of a UUID, enough to tell rows apart by eye; other text is cut at the same length. */
export const shortId = (id: string): string => id.slice(0, 8)
