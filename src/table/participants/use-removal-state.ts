import { useContext } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { chainOf, type RemovalState } from '~/domain/chain.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { RemovalLimitContext } from './removal-limit.ts'

/** Where the removal of somebody stands just now; empty where none was sent, or once the call was hung up. */
export function useRemovalState({
  action,
  participant,
  hangUp,
}: ParticipantRow): RemovalState | '' {
  const limit = useContext(RemovalLimitContext)
  return useServerNowSelect((now) => {
    const state = (action && chainOf(action, participant, now, limit)?.state) ?? ''
    return state !== 'gone' && hangUp?.goneAt ? '' : state
  })
}
