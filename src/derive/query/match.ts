import { wasSent } from '~/domain/action.ts'
import { callerName, knownCaller } from '~/domain/call.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { numberKey } from '~/domain/number-key.ts'
import { isGone, isStuck } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { foldText, searchable } from '~/util/fold-text.ts'
import { noteOf, type RowSources } from '../participant-rows.ts'
import { statusWord } from '../status-words.ts'
import { parseDuration } from './duration.ts'
import { directionsOf } from './parse.ts'
import type { FieldTerm, FlagTerm, NumberTerm, Query, TextCondition, TextTerm } from './terms.ts'

/** What is known of one participant, and when: milliseconds on the server's clock. */
interface Known {
  readonly entry: RosterEntry
  readonly sources: RowSources
  readonly now: number
}

/** A condition that no text can decide. */
interface Test {
  readonly passes: (known: Known) => boolean
}

/** A query as a filter works it off: by status and text for many at once, by tests for those that are left. */
export interface Matcher {
  readonly texts: readonly TextCondition[]
  /** Whether a status passes; null when the query does not ask for one. */
  readonly passesStatus: ((status: string) => boolean) | null
  readonly tests: readonly Test[]
}

/** The filter that a query asks for. */
export function matcherOf({ terms }: Pick<Query, 'terms'>): Matcher {
  const texts: TextCondition[] = []
  const tests: Test[] = []
  const statuses: FieldTerm[] = []
  for (const term of terms) {
    if (term.kind === 'text' || term.kind === 'number') texts.push(textCondition(term))
    else if (term.kind === 'flag') tests.push(flagTest(term))
    else if (term.field === 'status') statuses.push(term)
    else tests.push(fieldTest(term))
  }
  return {
    texts,
    tests,
    passesStatus: statuses.length > 0 ? (status) => statuses.every(isStatus(status)) : null,
  }
}

/** Whether time alone can change what a query finds. */
export const isTimed = ({ terms }: Pick<Query, 'terms'>): boolean =>
  terms.some((term) =>
    term.kind === 'flag'
      ? term.flag === 'stuck'
      : term.kind === 'field' && (term.field === 'older' || term.field === 'newer'),
  )

const isStatus =
  (status: string) =>
  ({ values, isNot }: FieldTerm): boolean => {
    const words = [status, statusWord(status)].map(foldText)
    return (
      values.map(foldText).some((value) => words.some((word) => word.startsWith(value))) !== isNot
    )
  }

const textCondition = (term: TextTerm | NumberTerm): TextCondition =>
  term.kind === 'text'
    ? { any: [[searchable(term.text)]], isNot: term.isNot }
    : {
        any: [
          term.words.map(searchable),
          ...numberNeedles(term.words.join('')).map((one) => [one]),
        ],
        isNot: false,
      }

/**
 * How a part of a number, in any notation, stands in a `numberKey`: a plus only at the beginning, `00` for it, and
 * without the `0` that is dialled within a country.
 */
export function numberNeedles(written: string): readonly string[] {
  const digits = foldText(written).replaceAll(/[^\d+]/g, '')
  const bare = digits.replaceAll('+', '')
  if (digits.startsWith('+')) return [`+${bare}`]
  if (/^00\d{3}/.test(bare)) return [`+${bare.slice(2)}`, bare]
  return /^0\d{3}/.test(bare) ? [bare, bare.slice(1)] : [bare]
}

type Compare = (value: string) => (known: Known) => boolean

/** How a value of each field is compared. Each value is prepared once, and then compared with many participants. */
const COMPARE: Readonly<Record<Exclude<FieldTerm['field'], 'status'>, Compare>> = {
  conf: (value) => {
    const wanted = searchable(value)
    return ({ entry: { participant }, sources }) => {
      const { conferenceId } = participant
      if (conferenceId === null) return false
      const name = sources.conferenceName?.(conferenceId) ?? ''
      return searchable(name).includes(wanted) || conferenceId.startsWith(wanted)
    }
  },
  name: (value) => {
    const wanted = searchable(value)
    return (known) => searchable(nameOf(known)).includes(wanted)
  },
  number: (value) => {
    const wanted = searchable(value)
    const needles = /\d/.test(wanted) && !/[\p{L}@]/u.test(wanted) ? numberNeedles(value) : []
    return (known) => {
      const { number = '' } = callerOf(known) ?? {}
      const key = numberKey(number)
      return needles.some((one) => key.includes(one)) || searchable(number).includes(wanted)
    }
  },
  older: (value) => {
    const length = parseDuration(value) ?? 0
    return (known) => (ageOf(known) ?? -1) > length
  },
  newer: (value) => {
    const length = parseDuration(value) ?? 0
    return (known) => (ageOf(known) ?? Infinity) <= length
  },
  type: (value) => {
    const wanted = searchable(value)
    return ({ entry }) => searchable(entry.participant.referenceType ?? '').startsWith(wanted)
  },
  call: (value) => {
    const wanted = searchable(value)
    return ({ entry }) => searchable(entry.participant.referenceId ?? '').startsWith(wanted)
  },
  direction: (value) => {
    const wanted = directionsOf(value)
    return (known) => wanted.includes(callerOf(known)?.direction ?? '')
  },
}

function fieldTest({ field, values, isNot }: FieldTerm): Test {
  if (field === 'status') throw new Error('A status is not tested one by one.')
  const any = values.map(COMPARE[field])
  return { passes: (known) => any.some((one) => one(known)) !== isNot }
}

function flagTest({ flag, isNot }: FlagTerm): Test {
  const has = HAS_FLAG[flag]
  return { passes: (known) => has(known) !== isNot }
}

const HAS_FLAG: Readonly<Record<FlagTerm['flag'], (known: Known) => boolean>> = {
  'came-back': ({ entry, sources }) => noteOf(entry, sources)?.rejoin !== undefined,
  stuck: ({ entry, now }) => isStuck(entry.participant, now),
  removed: ({ entry, sources }) => {
    const action = sources.asked.removals.get(entry.participant.id)
    return action !== undefined && wasSent(action)
  },
  muted: (known) =>
    !isGone(known.entry.participant) && (callerOf(known)?.mute?.direction ?? '') !== '',
}

const nameOf = (known: Known): string => {
  const caller = callerOf(known)
  return caller ? callerName(caller) : ''
}

const callerOf = ({ entry, sources }: Known) =>
  knownCaller(sources.callers.get(entry.participant.referenceId ?? ''))

/** How long ago it was created, in milliseconds; null when that is unknown. */
function ageOf({ entry: { participant }, now }: Known): number | null {
  return participant.createdAt === null ? null : now - toMillis(participant.createdAt)
}
