import type { Target } from '~/domain/action.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import type { ParticipantRow } from './participant-rows.ts'

/** The target of a removal or a hang-up: a participant as it is at the moment the action is confirmed. */
export const participantTarget = (
  { id, label, caller, participant }: ParticipantRow,
  conference: string,
): Target => ({
  id,
  label,
  // Also where the label is the number: a participant that comes back is recognised by it.
  number: caller?.number ?? '',
  conferenceId: participant.conferenceId,
  conferenceLabel: conference,
  callId: participant.referenceId,
  status: participant.status,
})

/** The target of the end of a conference, as the conference is at the moment the action is confirmed. */
export function conferenceTarget(conference: Conference): Target {
  const label = conferenceLabel(conference)
  const { id, status } = conference
  return {
    id,
    label,
    number: '',
    conferenceId: id,
    conferenceLabel: label,
    callId: null,
    status,
  }
}
