/** This tab, from load to reload. Outside secure contexts there is no randomUUID, and no Web Locks either. */
export const TAB: string = newId()

/** A new id that is unique. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
