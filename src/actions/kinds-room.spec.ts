import { describe, expect, it } from 'vitest'
import { keys } from '~/cache/queries/keys.ts'
import type { RawRecord } from '~/domain/record.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import {
  fateOf,
  kindRig,
  LOST,
  refusal,
  ROOM,
  room,
  roomAction,
  wireTime,
} from '~/testing/kinds.fixture.ts'
import { stepsOf } from './kinds.ts'

const rig = kindRig()
const GET = `GET conferences/${ROOM}`

describe('a conference that is created', () => {
  const CREATE = 'POST conferences'
  const wanted = { name: 'Board', detail: '', timeout: 0 }
  const create = () => rig.run({ kind: 'create', input: { room: wanted } })

  it('has the id that was chosen here, and is created at once', async () => {
    rig.on(CREATE, room())
    const action = await create()
    expect(action).toMatchObject({ state: 'accepted', goneAt: expect.any(Number) })
    expect(rig.bodies).toMatchObject([{ id: ROOM, type: 'conference', ...wanted }])
    expect(fateOf(action)).toBe('gone')
  })

  it('is not created twice: an earlier request has arrived', async () => {
    rig.on(GET, room())
    expect(await create()).toMatchObject({ state: 'skipped' })
    expect(rig.sent()).toEqual([])
  })

  it.each<[string, Response | typeof LOST, RawRecord | null, string, string]>([
    ['a duplicate id', refusal(500, 'INTERNAL'), room(), 'unsure', 'gone'],
    ['no quota', refusal(500, 'INTERNAL'), null, 'failed', 'failed'],
    ['403', refusal(403, 'PERMISSION_DENIED'), null, 'failed', 'failed'],
    ['503 with effect', refusal(503, 'REQUEST_TIMEOUT'), room(), 'unsure', 'gone'],
    ['503 without effect', refusal(503, 'REQUEST_TIMEOUT'), null, 'unsure', 'leaving'],
    ['no answer, with effect', LOST, room(), 'unsure', 'gone'],
  ])('is found by its id after %s', async (_name, answer, then, state, fate) => {
    rig.on(GET, refusal(404, 'CONFERENCE_NOT_FOUND'), then ?? refusal(400, 'INVALID_ARGUMENT'))
    rig.on(CREATE, answer)
    const action = await create()
    expect([action.state, fateOf(action)]).toEqual([state, fate])
  })

  it('is known as soon as a frame tells of it', () => {
    const action = roomAction({ kind: 'create', state: 'failed', sentAt: 1 })
    expect(stepsOf('create').noted(rig.client, action)).toBeUndefined()
    rig.client.setQueryData(keys.conference(ROOM), conferenceOf({ id: ROOM }))
    expect(stepsOf('create').noted(rig.client, action)).toMatchObject({ state: 'unsure' })
  })
})

const before = { name: 'Standup', detail: 'Daily', timeout: 3600 }
const wanted = { ...before, name: 'Board' }

/** What the held record says of a change, which a frame brought. */
const note = (state: 'accepted' | 'failed', name: string) => {
  const action = roomAction({
    kind: 'edit',
    input: { room: wanted },
    state,
    sentAt: Date.now(),
  })
  rig.client.setQueryData(
    keys.conference(ROOM),
    conferenceOf({ ...wanted, id: ROOM, name, updatedAt: (Date.now() + 500) * 1000 }),
  )
  return stepsOf('edit').noted(rig.client, action)
}

const edit = () => rig.run({ kind: 'edit', input: { before, room: wanted } })

describe('a conference that is changed', () => {
  const PUT = `PUT conferences/${ROOM}`
  const saved = room({ name: 'Board', tm_update: wireTime(100) })

  it('is sent whole, with what is not edited here, and saved by its answer', async () => {
    const flows = { data: { k: 'v' }, pre_flow_id: 'a', post_flow_id: 'b' }
    rig.on(GET, room(flows))
    rig.on(PUT, saved)
    const action = await edit()
    expect(action).toMatchObject({ state: 'accepted', goneAt: expect.any(Number) })
    expect(rig.bodies).toEqual([{ ...wanted, ...flows }])
    expect(fateOf(action)).toBe('gone')
  })

  it.each<[string, RawRecord, string]>([
    ['name', { name: 'Retro' }, 'The name was “Standup” and is “Retro” now.'],
    ['detail', { detail: '' }, 'The detail was “Daily” and is empty now.'],
    ['limit', { timeout: 0 }, 'The time limit was 1 h 00 m and is none now.'],
  ])('is not overwritten when somebody else changed its %s', async (_name, wish, text) => {
    rig.on(GET, room(wish))
    expect(await edit()).toMatchObject({ state: 'changed', text })
    expect(rig.sent()).toEqual([])
  })

  it('is not overwritten when that happened between the check and the request', async () => {
    rig.on(GET, room(), room({ detail: 'Weekly' }))
    const action = await edit()
    expect(action).toMatchObject({ state: 'changed', text: expect.stringContaining('“Weekly”') })
    expect(fateOf(action)).toBe('changed')
    expect(rig.sent()).toEqual([])
  })

  it.each<[string, RawRecord, string, RegExp]>([
    ['has ended meanwhile', { status: 'terminated' }, 'failed', /has ended/],
    ['is as wished already', { name: 'Board' }, 'skipped', /so already/],
  ])('is not sent when it %s', async (_name, wish, state, text) => {
    rig.on(GET, room(wish))
    expect(await edit()).toMatchObject({ state, text: expect.stringMatching(text) })
    expect(rig.sent()).toEqual([])
  })

  it.each<[string, Response | typeof LOST, RawRecord, string, string]>([
    ['403', refusal(403, 'PERMISSION_DENIED'), room(), 'failed', 'failed'],
    ['503 with effect', refusal(503, 'REQUEST_TIMEOUT'), saved, 'unsure', 'gone'],
    ['503 without effect', refusal(503, 'REQUEST_TIMEOUT'), room(), 'unsure', 'leaving'],
    ['no answer, with effect', LOST, saved, 'unsure', 'gone'],
  ])('is read again after %s', async (_name, answer, then, state, fate) => {
    rig.on(GET, room(), room(), then)
    rig.on(PUT, answer)
    const action = await edit()
    expect([action.state, fateOf(action)]).toEqual([state, fate])
  })

  it('is saved once a held record says so, also after a refusal', () => {
    expect(note('accepted', 'Standup')).toBeUndefined()
    expect(note('accepted', 'Board')).toEqual({ goneAt: expect.any(Number) })
    expect(note('failed', 'Board')).toMatchObject({ state: 'unsure', goneAt: expect.any(Number) })
  })
})

const renew = () => rig.run({ kind: 'new-link' })

describe('a dial-in link that is replaced', () => {
  const RENEW = `POST conferences/${ROOM}/direct-hash-regenerate`

  it('is replaced by the answer, whose secret is kept nowhere', async () => {
    rig.on(GET, room())
    rig.on(RENEW, room({ direct_hash: 'direct.fresh' }))
    rig.client.setQueryData(keys.conference(ROOM), conferenceOf({ id: ROOM }))
    const action = await renew()
    expect(action).toMatchObject({ state: 'accepted', goneAt: expect.any(Number) })
    expect(fateOf(action)).toBe('gone')
    const kept = [
      action,
      rig.client
        .getQueryCache()
        .getAll()
        .map(({ state }) => state),
      rig.client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ]
    expect(JSON.stringify(kept)).not.toMatch(/direct/)
  })

  it.each<[string, Response | typeof LOST, string, string]>([
    ['400', refusal(400, 'INVALID_ARGUMENT'), 'failed', 'failed'],
    ['403', refusal(403, 'PERMISSION_DENIED'), 'failed', 'failed'],
    ['503', refusal(503, 'REQUEST_TIMEOUT'), 'unsure', 'unconfirmed'],
    ['no answer', LOST, 'unsure', 'unconfirmed'],
  ])('after %s', async (_name, answer, state, fate) => {
    rig.on(GET, room())
    rig.on(RENEW, answer)
    const action = await renew()
    expect([action.state, fateOf(action)]).toEqual([state, fate])
    expect(rig.sent()).toHaveLength(1)
  })

  it('is left alone in a conference that is ending', async () => {
    rig.on(GET, room({ status: 'terminating' }))
    expect(await renew()).toMatchObject({ state: 'failed', text: 'The conference is ending.' })
    expect(rig.sent()).toEqual([])
  })
})
