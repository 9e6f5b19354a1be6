import { ZERO_UUID, type Conference, type ConferenceStatus } from './records.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** What conference-manager does to the records of conferences. */

export interface NewConference {
  /** A new one if left out. */
  readonly id?: string
  readonly name: string
  readonly type?: string
  readonly status?: ConferenceStatus
  readonly detail?: string
  readonly timeout?: number
  readonly data?: Conference['data']
  readonly preFlowId?: string
  readonly postFlowId?: string
  /** Has an old recording and transcript. */
  readonly recorded?: boolean
  readonly draw?: number
}

/** Creates a conference, `progressing` at once unless another status is given (voipbin-api.md 5.1). */
export function createConference(
  world: World,
  wanted: NewConference,
  created = world.now,
): Conference {
  const conference: Conference = {
    id: wanted.id ?? world.ids.uuid(),
    type: wanted.type ?? 'conference',
    status: wanted.status ?? 'progressing',
    name: wanted.name,
    detail: wanted.detail ?? '',
    data: wanted.data ?? {},
    timeout: wanted.timeout ?? 0,
    preFlowId: wanted.preFlowId ?? ZERO_UUID,
    postFlowId: wanted.postFlowId ?? ZERO_UUID,
    recordingId: ZERO_UUID,
    recordingIds: wanted.recorded === true ? [world.ids.uuid()] : [],
    transcribeIds: wanted.recorded === true ? [world.ids.uuid()] : [],
    confbridgeId: world.ids.uuid(),
    flowId: world.ids.uuid(),
    directHash: newDirectHash(world.ids),
    participantIds: [],
    draw: wanted.draw ?? 0,
    ended: null,
    created,
    updated: null,
    deleted: null,
  }
  world.conferences.insert(conference)
  world.emit({ type: 'conference_created', record: conference })
  return conference
}

/** What a conference is dialled in to by: a secret (voipbin-api.md 5.1). */
export const newDirectHash = (ids: Random): string => `direct.${ids.text('0123456789abcdef', 12)}`

/** PUT /v1.0/conferences/{id}, as far as clients see it: new texts, and an event (voipbin-api.md 9.4). */
export function updateConference(
  world: World,
  conference: Conference,
  fields: Partial<
    Pick<Conference, 'name' | 'detail' | 'timeout' | 'data' | 'preFlowId' | 'postFlowId'>
  >,
): void {
  Object.assign(conference, fields)
  touch(world, conference)
}

/** A conference that takes no participant in any more. */
export const isOver = ({ status, deleted }: Conference): boolean =>
  deleted !== null || status === 'terminating' || status === 'terminated'

/** A conference has been written: from here on it is in the answers and on its way to sockets (voipbin-api.md 9.4). */
export function touch(world: World, conference: Conference): void {
  conference.updated = world.now
  world.emit({ type: 'conference_updated', record: conference })
}

/** The last participant of a conference that is being ended has left (voipbin-api.md 16). */
export function endIfTerminating(world: World, conference: Conference): void {
  if (conference.status !== 'terminating') return
  conference.status = 'terminated'
  conference.ended = conference.updated = world.now
  world.emit({ type: 'conference_deleted', record: conference })
}
