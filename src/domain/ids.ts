const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The id that the server sends for "none": Go does not omit an empty UUID (voipbin-api.md 4.1). */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000'

/** True for an id that the server accepts: a UUID that is not all zeros (voipbin-api.md 4.2). */
export const isId = (text: string): boolean => UUID.test(text) && text !== ZERO_UUID

/** The first group of a UUID, for display; other text is cut at the same length. */
export const shortId = (id: string): string => id.slice(0, 8)
