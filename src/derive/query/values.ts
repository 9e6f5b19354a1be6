import { callerName, knownCaller } from '~/domain/call.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { isGone } from '~/domain/participant.ts'
import { PARTICIPANT_STATUSES } from '~/domain/participant-status.ts'
import type { RowSources } from '../participant-rows.ts'
import { statusWord } from '../status-words.ts'
import type { Field } from './terms.ts'

/** Durations worth suggesting. */
const DURATIONS = ['1m', '5m', '15m', '1h', '4h']

/** So many different values are looked at: more are not read. */
const MOST = 1000

/** The values of a field that occur among participants that are not gone, the most frequent first. */
export function valuesOf(
  field: Field,
  entries: Iterable<RosterEntry>,
  sources: RowSources,
): readonly string[] {
  switch (field) {
    case 'status':
      return distinct(entries, ({ participant }) => statusWord(participant.status), STATUSES)
    case 'older':
    case 'newer':
      return DURATIONS
    case 'direction':
      return ['in', 'out']
    case 'type':
      return distinct(present(entries), ({ participant }) => participant.referenceType)
    case 'conf':
      return distinct(present(entries), ({ participant }) =>
        participant.conferenceId === null
          ? null
          : sources.conferenceName?.(participant.conferenceId),
      )
    case 'name':
      return distinct(present(entries), (entry) => {
        const caller = callerIn(entry, sources)
        return caller && callerName(caller)
      })
    case 'number':
      return distinct(present(entries), (entry) => callerIn(entry, sources)?.number)
    case 'call':
      return []
  }
}

const STATUSES = PARTICIPANT_STATUSES.map(statusWord)

const callerIn = ({ participant }: RosterEntry, { callers }: RowSources) =>
  knownCaller(callers.get(participant.referenceId ?? ''))

function* present(entries: Iterable<RosterEntry>): Generator<RosterEntry> {
  for (const entry of entries) if (!isGone(entry.participant)) yield entry
}

/** The values, the most frequent first; those of `always` even if they do not occur. */
function distinct(
  entries: Iterable<RosterEntry>,
  valueOf: (entry: RosterEntry) => string | null | undefined,
  always: readonly string[] = [],
): readonly string[] {
  const counts = new Map(always.map((value) => [value, 0]))
  for (const entry of entries) {
    const value = valueOf(entry)
    if (!value || (counts.size >= MOST && !counts.has(value))) continue
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value)
}
