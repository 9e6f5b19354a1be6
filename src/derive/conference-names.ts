import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { visibleText } from '~/util/visible-text.ts'

/** The names of conferences by id, safe to show. */
export const conferenceNames = (conferences: Iterable<Conference>): ReadonlyMap<string, string> =>
  new Map(Array.from(conferences, (one) => [one.id, visibleText(conferenceLabel(one))]))

/** Whether two say the same. */
export const isSameNames = (
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): boolean => a.size === b.size && [...a].every(([id, name]) => b.get(id) === name)
