import { use } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { NEVER_SENT } from '~/domain/action.ts'
import { outcomeOf, type OutcomeState } from '~/domain/outcome.ts'
import { useServerNowSelect } from '~/ui/now.ts'
import { RemovalLimitContext } from './removal-limit.ts'

/** Where the removal of somebody stands just now; empty where none was sent, or once the call was hung up. */
export function useRemovalState({
  action,
  participant,
  hangUp,
}: ParticipantRow): OutcomeState | '' {
  const limit = use(RemovalLimitContext)
  return useServerNowSelect((now) => {
    if (!action || NEVER_SENT.has(action.state)) return ''
    const { state } = outcomeOf(action, participant, now, limit)
    return state !== 'gone' && hangUp?.goneAt ? '' : state
  })
}
