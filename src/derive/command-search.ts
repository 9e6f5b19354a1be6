import { searchable } from '~/util/fold-text.ts'

interface Named {
  readonly id: string
  readonly group: string
  readonly title: string
}

/** More would not be read. */
const MOST = 50

/**
 * The commands whose name or group contains all words, those used last first, the others as they were. Names that begin
 * with what was typed come before those that contain it elsewhere.
 *
 * @param recent ids of the commands used last, the latest first
 */
export function searchCommands<C extends Named>(
  commands: readonly C[],
  text: string,
  recent: readonly string[],
): readonly C[] {
  const wanted = searchable(text.trim())
  const words = wanted.split(' ').filter(Boolean)
  const found = commands.filter(({ group, title }) => {
    const name = searchable(`${title} ${group}`)
    return words.every((word) => name.includes(word))
  })
  const ranks = new Map(
    found.map((one) => {
      const at = recent.indexOf(one.id)
      const isBegun = wanted !== '' && searchable(one.title).startsWith(wanted)
      return [one, (isBegun ? 0 : 1000) + (at < 0 ? 999 : at)]
    }),
  )
  return found.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)).slice(0, MOST)
}

/** So many are remembered. */
const REMEMBERED = 20

/** The ids of the commands used last, with one more. */
export const withRecent = (recent: readonly string[], id: string): readonly string[] =>
  [id, ...recent.filter((one) => one !== id)].slice(0, REMEMBERED)

/** The ids that were stored; none when that is damaged. */
export const parseRecent = (found: unknown): readonly string[] =>
  Array.isArray(found) ? found.filter((one) => typeof one === 'string').slice(0, REMEMBERED) : []
