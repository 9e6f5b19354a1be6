import { applyConferences, heldConferences } from '~/cache/queries/conference-list.ts'
import { keys } from '~/cache/queries/keys.ts'
import { isSameRoom, roomChanges, roomOf } from '~/derive/room-text.ts'
import type { Action, Room } from '~/domain/action.ts'
import { canControlRoom } from '~/domain/capability-room.ts'
import type { Conference } from '~/domain/conference.ts'
import { explains } from '~/domain/effect.ts'
import type { Recheck } from '~/domain/recheck.ts'
import { toMillis } from '~/domain/time.ts'
import { changeConference, createConference, replaceDirectHash } from '~/wire/rooms.ts'
import { serverNow } from '~/clock.ts'
import {
  actorNow,
  guarded,
  notSent,
  readConference,
  SAME,
  unlessMissing,
  type Kind,
} from './kind.ts'

/** What was confirmed; a conference has a name at least. */
const wanted = ({ input, target }: Action): Room =>
  input?.room ?? { name: target.label, detail: '', timeout: 0 }

const createdAt = (conference: Conference): Partial<Action> => ({
  goneAt: conference.createdAt === null ? serverNow() : toMillis(conference.createdAt),
})

/** Creates a conference under an id that was chosen here: a request that seems lost is found by it (voipbin-api.md 16). */
export const create: Kind = {
  check: async (client, { target }) =>
    (await unlessMissing(readConference(client, target.id)))
      ? { kind: 'over', text: 'It exists already: an earlier request has arrived.' }
      : SAME,
  send: async (client, action, account) => {
    const answer = await createConference(action.target.id, wanted(action), account)
    applyConferences(client, [answer])
    return { state: 'accepted', ...createdAt(answer) }
  },
  after: async (client, { target }) => {
    const found = await unlessMissing(readConference(client, target.id))
    return found
      ? { state: 'unsure', ...createdAt(found) }
      : { state: 'failed', text: 'The server has no such conference afterwards.' }
  },
  noted: (client, { target }) => {
    const found = heldConferences(client).find(({ id }) => id === target.id)
    return found && { state: 'unsure', ...createdAt(found) }
  },
}

/** The fields that an edit sends. */
const SENT = new Set(['name', 'detail', 'timeout', 'data'])

/** Compares a conference with what was there when the form was filled in: no change is overwritten unseen. */
function compare(action: Action, now: Conference): Recheck {
  const found = guarded(canControlRoom('edit', now, actorNow()))
  if (found.kind !== 'same') return found
  // What could not be read would be overwritten with nothing.
  const unread = now.problems.find(({ field }) => SENT.has(field))
  if (unread)
    return { kind: 'denied', text: `Its ${unread.field} cannot be read, and would be lost.` }
  const room = roomOf(now)
  if (isSameRoom(room, wanted(action))) return { kind: 'over', text: 'It is so already.' }
  const changes = roomChanges(action.input?.before ?? room, room)
  return changes.length === 0
    ? { kind: 'same', recheckedAt: now.updatedAt }
    : { kind: 'changed', text: changes.join(' ') }
}

/** When the conference became as wished, by its record; undefined while it is not. */
const savedAt = (action: Action, now: Conference): Pick<Action, 'goneAt'> | undefined =>
  isSameRoom(roomOf(now), wanted(action))
    ? { goneAt: now.updatedAt === null ? serverNow() : toMillis(now.updatedAt) }
    : undefined

/** Changes name, detail and time limit of a conference. The request overwrites all of it (voipbin-api.md 16). */
export const edit: Kind = {
  check: async (client, action) => compare(action, await readConference(client, action.target.id)),
  send: async (client, action, account) => {
    // There is no ETag, so the record is read right before it is overwritten, with all that is not edited here.
    const now = await readConference(client, action.target.id)
    const found = compare(action, now)
    if (found.kind !== 'same') return notSent(found)
    const answer = await changeConference(now, wanted(action), account)
    applyConferences(client, [answer])
    return { state: 'accepted', ...savedAt(action, answer) }
  },
  after: async (client, action) => {
    const saved = savedAt(action, await readConference(client, action.target.id))
    return saved
      ? { state: 'unsure', ...saved }
      : { state: 'failed', text: 'The record is not as wished.' }
  },
  noted: (client, action) => {
    const held = client.getQueryData<Conference>(keys.conference(action.target.id))
    const saved = held && savedAt(action, held)
    if (!saved || action.state !== 'failed') return saved
    return explains(action, held.updatedAt ?? 0) ? { state: 'unsure', ...saved } : undefined
  },
}

/** Replaces the dial-in link. The new one is a secret that is not even parsed, so no record tells whether it was done. */
export const newLink: Kind = {
  check: async (client, { target }) =>
    guarded(canControlRoom('new-link', await readConference(client, target.id), actorNow())),
  send: async (client, { target }, account) => {
    applyConferences(client, [await replaceDirectHash(target.id, account)])
    return { state: 'accepted', goneAt: serverNow() }
  },
  // A refusal is told by the server’s words alone; what was not answered stays open.
  after: () => Promise.resolve({ state: 'failed' }),
}
