import { use } from 'react'
import { participantTarget } from '~/derive/targets.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { Target } from '~/domain/action.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'

/** Makes the target of what is done to the participant of a row. */
export function useTargetOf(): (row: ParticipantRow) => Target {
  const { conferenceOf } = use(RowActionsContext)
  return (row) => participantTarget(row, conferenceOf(row.participant.conferenceId))
}
