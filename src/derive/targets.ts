import type { Target } from '~/domain/action.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import type { ParticipantRow } from './participant-rows.ts'

/** The target of what is done to a participant, as the participant is at the moment the action is confirmed. */
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

interface RoomFacts {
  readonly id: string
  readonly label: string
  /** Empty where it is not known, or not there yet. */
  readonly status?: string
}

/** A conference as a target. */
export const roomTarget = ({ id, label, status = '' }: RoomFacts): Target => ({
  id,
  label,
  number: '',
  conferenceId: id,
  conferenceLabel: label,
  callId: null,
  status,
})

/** The target of what is done to a conference, as the conference is at the moment the action is confirmed. */
export const conferenceTarget = (conference: Conference): Target =>
  roomTarget({
    id: conference.id,
    label: conferenceLabel(conference),
    status: conference.status,
  })
