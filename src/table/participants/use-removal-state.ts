import { use } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { removalOutcome } from '~/derive/removal-outcome.ts'
import type { OutcomeState } from '~/domain/outcome.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { RemovalLimitContext } from './removal-limit.ts'

/** What became of the latest removal of a row by now; empty where none was sent. */
export function useRemovalState(row: ParticipantRow): OutcomeState | '' {
  const limit = use(RemovalLimitContext)
  return useServerNowSelect((now) => removalOutcome(row, now, limit)?.state ?? '')
}
