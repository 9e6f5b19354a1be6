/**
 * With more texts than this sharing begins anew, and longer ones are not shared: what a server sends must not fill the
 * memory. A customer has fewer conferences.
 */
const MOST = 10_000
const LONGEST = 64

const texts = new Map<string, string>()

/** An equal text that is in memory once, for texts that many records have in common: statuses, ids of conferences. */
export function sharedText(text: string): string {
  const known = texts.get(text)
  if (known !== undefined) return known
  if (texts.size >= MOST) texts.clear()
  if (text.length <= LONGEST) texts.set(text, text)
  return text
}
