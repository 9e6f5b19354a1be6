import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isCallEnded } from '~/derive/removal-outcome.ts'
import { isStuck } from '~/domain/participant.ts'
import { useRemovalState } from '~/table/participants/use-removal-state.ts'
import { useServerNowSelect } from '~/ui/now.ts'

/** Whether hanging up is the next step: somebody was removed and is there, or hangs in leaving for minutes. */
export function useOffersHangUp(row: ParticipantRow): boolean {
  const { participant } = row
  const removal = useRemovalState(row)
  const isHanging = useServerNowSelect(
    (now) => participant.status === 'leaving' && isStuck(participant, now),
  )
  return !isCallEnded(row) && (removal === 'still-connected' || isHanging)
}
