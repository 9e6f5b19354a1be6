import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isCallEnded } from '~/derive/removal-outcome.ts'
import { isStuck } from '~/domain/participant.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { useRemovalState } from './use-removal-state.ts'

/**
 * Whether hang-up is the next step: a removed participant is still connected, or stuck in leaving.
 */
export function useOffersHangUp(row: ParticipantRow): boolean {
  const { participant } = row
  const removal = useRemovalState(row)
  const isHanging = useServerNowSelect(
    (now) => participant.status === 'leaving' && isStuck(participant, now),
  )
  return !isCallEnded(row) && (removal === 'still-connected' || isHanging)
}
