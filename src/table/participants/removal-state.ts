import { createContext, use } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isCallEnded, removalOutcome } from '~/derive/removal-outcome.ts'
import type { OutcomeState } from '~/domain/outcome.ts'
import { isStuck } from '~/domain/participant.ts'
import { useServerNowSelect } from '~/ui/now.ts'

/** Milliseconds after which a removed participant should be gone. Provided by the page. */
export const RemovalLimitContext = createContext(15_000)

/** What became of the latest removal of a row by now; empty where none was sent. */
export function useRemovalState(row: ParticipantRow): OutcomeState | '' {
  const limit = use(RemovalLimitContext)
  return useServerNowSelect((now) => removalOutcome(row, now, limit)?.state ?? '')
}

/** Whether hang-up is the next step: a removed participant is still connected, or stuck in leaving. */
export function useOffersHangUp(row: ParticipantRow): boolean {
  const { participant } = row
  const removal = useRemovalState(row)
  const isHanging = useServerNowSelect(
    (now) => participant.status === 'leaving' && isStuck(participant, now),
  )
  return !isCallEnded(row) && (removal === 'still-connected' || isHanging)
}
