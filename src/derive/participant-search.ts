import { isRequested } from '~/domain/action.ts'
import { knownCaller } from '~/domain/call.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { numberKey } from '~/domain/number-key.ts'
import { changedAt } from '~/domain/participant.ts'
import { statusRank } from '~/domain/participant-status.ts'
import { toMillis } from '~/domain/time.ts'
import { searchable } from '~/util/fold-text.ts'
import { zonedText } from '~/util/time-text.ts'
import type { SortValue } from './order.ts'
import { aboutOf, labelOf, noteOf, numberOf, type RowSources } from './participant-rows.ts'
import { statusWord } from './status-words.ts'
import type { ParticipantColumn } from './view.ts'

/** Text of everything the row of an entry shows, folded as queries are. */
export function searchTextOf(held: RosterEntry, sources: RowSources): string {
  const { participant } = held
  const about = aboutOf(held, sources)
  const { id, conferenceId, referenceId, createdAt, updatedAt } = participant
  const { zone = 'local', conferenceName, isAcross = false } = sources
  return searchable(
    [
      labelOf(participant, about.caller),
      numberOf(knownCaller(about.caller)),
      otherNotation(knownCaller(about.caller)?.number),
      ...new Set([participant.status, statusWord(participant.status)]),
      isRequested(about.action) ? 'requested' : '',
      noteOf(held, sources)?.search,
      participant.referenceType,
      ...new Set([createdAt, updatedAt].map((at) => (at ? zonedText(toMillis(at), zone) : ''))),
      isAcross && conferenceId !== null ? conferenceName?.(conferenceId) : '',
      referenceId,
      id,
    ].join(' '),
  )
}

/** A number as it is compared, when it is not shown so: most are. */
const otherNotation = (number = ''): string => (/^\+?\d*$/.test(number) ? '' : numberKey(number))

/** The value by which the row of an entry is sorted. */
export function sortValueOf(
  { participant }: RosterEntry,
  column: ParticipantColumn,
  { callers, conferenceName }: RowSources,
): SortValue {
  switch (column) {
    case 'who':
      return labelOf(participant, callers.get(participant.referenceId ?? ''))
    case 'conference':
      return (
        participant.conferenceId &&
        (conferenceName?.(participant.conferenceId) ?? participant.conferenceId)
      )
    case 'status':
      return statusRank(participant.status)
    case 'since':
      return -changedAt(participant) || null
    case 'created':
      return participant.createdAt
    case 'updated':
      return participant.updatedAt
    case 'reference':
      return participant.referenceId
    case 'id':
      return participant.id
  }
}
