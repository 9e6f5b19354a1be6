import { BadInput, type Input } from './input.ts'
import type { JsonObject } from '../world/json.ts'
import type { Address, Conference, Participant, ParticipantStatus } from '../world/records.ts'
import type { World } from '../world/world.ts'

/** An act of a scripted story, and what it reads of its input. */
export interface ActOf {
  /** The fields that the act reads besides `act`; checked before anything happens. */
  readonly takes: readonly string[]
  /** Changes the world and returns the answer; throws BadInput before it has changed anything. */
  readonly run: (world: World, input: Input) => JsonObject
}

/** An act on one participant, which must be in one of these states. */
export function onParticipant(
  states: readonly ParticipantStatus[],
  run: (world: World, participant: Participant) => void,
): ActOf {
  return {
    takes: ['participant'],
    run: (world, input) => {
      const participant = participantOf(world, input, states)
      run(world, participant)
      return outcome(participant)
    },
  }
}

/** What an act on a participant answers: P of README.md. */
export function outcome(participant: Participant): JsonObject {
  return {
    participant: participant.id,
    conference: participant.conferenceId,
    call: participant.callId,
    status: participant.status,
  }
}

/** The conference that an act is about. */
export function conferenceOf(world: World, input: Input): Conference {
  const conference = world.conferences.get(input.requiredString('conference'))
  if (conference === undefined)
    throw new BadInput('"conference" must be the id of a conference of this tenant.')
  return conference
}

/** The participant that an act is about; it must be in one of these states. */
export function participantOf(
  world: World,
  input: Input,
  expected: readonly ParticipantStatus[],
): Participant {
  const participant = world.participants.get(input.requiredString('participant'))
  if (participant === undefined)
    throw new BadInput('"participant" must be the id of a participant of this tenant.')
  if (!expected.includes(participant.status)) {
    throw new BadInput(
      `The participant is ${participant.status}; this act needs ${expected.join(' or ')}.`,
    )
  }
  return participant
}

/** `address` as it is to appear on the wire, or a telephone number and a name. */
export function addressFrom(input: Input): Address {
  const address = input.object('address')
  const name = input.string('name')
  const number = input.string('number')
  if (address !== undefined) return address
  const type = input.string('addressType') ?? 'tel'
  return {
    type,
    target: number ?? '+15551230001',
    ...(name === undefined ? {} : { target_name: name }),
  }
}
