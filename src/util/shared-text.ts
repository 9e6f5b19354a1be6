/** More texts than this, or longer ones, are not shared: what a server sends must not fill the memory. */
const MOST = 1000
const LONGEST = 64

const texts = new Map<string, string>()

/** An equal text that is in memory once, for texts that many records have in common, such as statuses. */
export function sharedText(text: string): string {
  const known = texts.get(text)
  if (known !== undefined) return known
  if (texts.size < MOST && text.length <= LONGEST) texts.set(text, text)
  return text
}
