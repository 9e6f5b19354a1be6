import { PARTICIPANT_STATUSES } from '~/domain/participant-status.ts'
import { statusWord } from './status-words.ts'

/** How many participants of one status are in a conference. */
export interface Part {
  readonly status: string
  readonly count: number
}

/** Those that are in, by status: the statuses of the platform in their order, then others as they came. */
export function presentParts(byStatus: ReadonlyMap<string, number>): readonly Part[] {
  const known: ReadonlySet<string> = new Set(PARTICIPANT_STATUSES)
  const others = [...byStatus.keys()].filter((status) => !known.has(status))
  return [...PARTICIPANT_STATUSES, ...others]
    .filter((status) => status !== 'leaved')
    .map((status) => ({ status, count: byStatus.get(status) ?? 0 }))
    .filter(({ count }) => count > 0)
}

/** The parts in words: `2 joining, 14 joined`. With `isPartial` there may be more. */
export function presentText(parts: readonly Part[], isPartial: boolean): string {
  const text = parts.map(({ status, count }) => `${count} ${statusWord(status)}`).join(', ')
  if (text === '') return isPartial ? 'not known yet' : 'nobody is in'
  return isPartial ? `at least ${text}` : text
}
