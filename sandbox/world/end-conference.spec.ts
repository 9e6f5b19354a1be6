import { describe, expect, test } from 'vitest'
import { isObject, tryParse, type Json } from './json.ts'
import { connect, listening } from '../testing/socket-support.ts'
import {
  dig,
  freshTenant,
  rows,
  startRig,
  text,
  verdict,
  type Answer,
} from '../testing/spec-support.ts'

const SECOND = 1_000_000
const NOBODY = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'

/** A conference with so many joined callers, and the requests that a spec makes about it. */
async function room(callers: number) {
  const rig = await startRig()
  const tenant = await freshTenant(rig)
  const { token } = tenant
  const conference = text(tenant.body, 'conferences', 0, 'id')
  const dialIn = async (fields: Record<string, Json> = {}): Promise<string> =>
    text(await tenant.act('dial-in', { conference, ...fields }), 'participant')
  const people: string[] = []
  for (let n = 0; n < callers; n++) {
    people.push(await dialIn())
    // At different times, so that they are listed in this order.
    rig.advance(SECOND / 10)
  }
  rig.advance(SECOND - (callers * SECOND) / 10)
  const path = `/v1.0/conferences/${conference}`
  const row = async (): Promise<unknown> => (await rig.ask(path, { token })).body
  return {
    rig,
    tenant,
    conference,
    people,
    dialIn,
    row,
    status: async (participant = people[0]): Promise<unknown> =>
      dig((await rig.ask(`/v1.0/conferencecalls/${participant}`, { token })).body, 'status'),
    statuses: async (): Promise<Record<string, unknown>> => {
      const list = rows(await rig.ask('/v1.0/conferencecalls', { token }))
      return Object.fromEntries(list.map((one) => [text(one, 'id'), dig(one, 'status')]))
    },
    isListed: async (): Promise<boolean> =>
      rows(await rig.ask('/v1.0/conferences', { token })).some(
        (one) => dig(one, 'id') === conference,
      ),
    remove: async (): Promise<Answer> => rig.ask(path, { method: 'DELETE', token }),
    /** Sends the DELETE and waits until it has begun; the answer comes when time has passed. */
    beginRemoving: async (): Promise<{ answer: Promise<Answer> }> => {
      const answer = rig.ask(path, { method: 'DELETE', token })
      await expect.poll(async () => dig(await row(), 'status')).toBe('terminating')
      return { answer }
    },
  }
}

describe('DELETE /v1.0/conferences/{id} (voipbin-api.md 5.2)', () => {
  test('kicks one after the other inside the request, then tm_delete and 200', async () => {
    const { rig, people, row, isListed, statuses, beginRemoving } = await room(3)
    const { answer } = await beginRemoving()
    const [first = '', second = '', third = ''] = people
    expect(await statuses()).toEqual({ [first]: 'leaving', [second]: 'joined', [third]: 'joined' })
    expect(await row()).toMatchObject({ status: 'terminating', tm_delete: null })
    rig.advance(0.06 * SECOND)
    expect(await statuses()).toEqual({ [first]: 'leaving', [second]: 'leaving', [third]: 'joined' })
    rig.advance(0.12 * SECOND)
    const { status, body } = await answer
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'terminating',
      conferencecall_ids: people,
      tm_end: null,
      tm_update: '2026-01-15T09:30:01.303456Z',
      tm_delete: '2026-01-15T09:30:01.303456Z',
    })
    expect(await row()).toEqual(body)
    expect(await isListed()).toBe(false)
    rig.advance(3 * SECOND)
    expect(Object.values(await statuses())).toEqual(['leaved', 'leaved', 'leaved'])
    const over = await row()
    expect(over).toMatchObject({ status: 'terminated', tm_delete: dig(body, 'tm_delete') })
    expect(over).not.toHaveProperty('conferencecall_ids')
    expect(text(over, 'tm_end')).toBe(text(over, 'tm_update'))
  })

  test('answers at once for an empty conference, which stays terminating for good', async () => {
    const { rig, remove, row, isListed } = await room(0)
    const answer = await remove()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      status: 'terminating',
      tm_end: null,
      tm_delete: '2026-01-15T09:30:01.123456Z',
    })
    expect(await isListed()).toBe(false)
    rig.advance(24 * 3600 * SECOND)
    expect(await row()).toEqual(answer.body)
  })

  test('does not kick a joining participant, which joins and keeps the conference from ending', async () => {
    const { rig, tenant, row, status, dialIn, beginRemoving } = await room(1)
    const late = await dialIn({ hold: true })
    const { answer } = await beginRemoving()
    rig.advance(SECOND / 10)
    expect((await answer).status).toBe(200)
    expect(await status(late)).toBe('joining')
    await tenant.act('join', { participant: late })
    rig.advance(5 * SECOND)
    expect([await status(), await status(late)]).toEqual(['leaved', 'joined'])
    expect(await row()).toMatchObject({ status: 'terminating', conferencecall_ids: [late] })
    await tenant.act('hang-up', { participant: late })
    rig.advance(SECOND)
    expect(dig(await row(), 'status')).toBe('terminated')
  })

  test('throws out 15 to 20 s later what was joining as it ended, and what joins it late', async () => {
    const { rig, beginRemoving, dialIn, statuses } = await room(1)
    const early = await dialIn({ hold: true })
    const { answer } = await beginRemoving()
    rig.advance(SECOND)
    await answer
    const late = await dialIn()
    rig.advance(13 * SECOND)
    expect(await statuses()).toMatchObject({ [early]: 'joining', [late]: 'joined' })
    rig.advance(8 * SECOND)
    expect((await statuses())[late]).toBe('leaved')
    expect((await statuses())[early]).toBe('leaving')
  })

  test('does not report a failed kick, which keeps the conference from ending', async () => {
    const { rig, tenant, people, row, statuses, beginRemoving } = await room(3)
    const [first = '', second = '', third = ''] = people
    await tenant.act('kick-fails', { participant: first, how: '400' })
    await tenant.act('kick-fails', { participant: second, how: '503' })
    const { answer } = await beginRemoving()
    rig.advance(SECOND)
    expect((await answer).status).toBe(200)
    rig.advance(60 * SECOND)
    expect(await statuses()).toEqual({
      [first]: 'leaving',
      [second]: 'leaving',
      [third]: 'leaved',
    })
    expect(dig(await row(), 'status')).toBe('terminating')
  })

  test('answers 503 when the kicks take longer than 3 s, and goes on with them', async () => {
    const { rig, tenant, people, row, statuses, isListed, beginRemoving } = await room(4)
    await tenant.act('delete-pace', { ms: 1000 })
    await tenant.act('kick-delay', { ms: 60_000 })
    const { answer } = await beginRemoving()
    rig.advance(2.99 * SECOND)
    expect(await statuses()).toMatchObject({ [people[3] ?? '']: 'joined' })
    rig.advance(0.02 * SECOND)
    expect(verdict(await answer)).toEqual([503, 'REQUEST_TIMEOUT'])
    expect([dig(await row(), 'tm_delete'), await isListed()]).toEqual([null, true])
    expect(await statuses()).toMatchObject({ [people[3] ?? '']: 'leaving' })
    rig.advance(SECOND)
    expect(await row()).toMatchObject({
      status: 'terminating',
      tm_delete: '2026-01-15T09:30:05.123456Z',
    })
    expect(await isListed()).toBe(false)
  })

  test('disconnects none when repeated, but sets a new tm_delete, whether the first has finished or not', async () => {
    const { rig, remove, row, status, people, beginRemoving } = await room(2)
    const { answer } = await beginRemoving()
    const before = await row()
    const second = await remove()
    expect([second.status, dig(second.body, 'status')]).toEqual([200, dig(before, 'status')])
    expect(dig(second.body, 'tm_delete')).not.toBeNull()
    expect(await status(people[1])).toBe('joined')
    rig.advance(60 * SECOND)
    await answer
    const over = await row()
    expect(over).toMatchObject({ status: 'terminated' })
    rig.advance(SECOND)
    const third = await remove()
    expect(third.status).toBe(200)
    expect(third.body).toMatchObject({ status: 'terminated' })
    expect(dig(third.body, 'tm_delete')).not.toBe(dig(over, 'tm_delete'))
  })

  test('sends conference_deleted again when repeated', async () => {
    const { rig, tenant, socket, topic, conference } = await listening(await startRig())
    await socket.subscribe(topic(':conference:conference_deleted'))
    const ask = { method: 'DELETE', token: tenant.token }
    for (let times = 0; times < 2; times++) {
      const answer = rig.ask(`/v1.0/conferences/${conference}`, ask)
      rig.advance(SECOND)
      const { body } = await answer
      expect(await socket.next()).toEqual(body)
    }
  })

  test('publishes updated for terminating, then deleted, then deleted again at the end', async () => {
    const { rig, tenant, socket, topic, rest, dialIn, conference } = await listening(
      await startRig(),
    )
    await dialIn()
    rig.advance(SECOND)
    const deleted = await connect(rig, `token=${tenant.token}`)
    await deleted.subscribe(topic(':conference:conference_deleted'))
    await socket.subscribe(topic(':conference:conference_updated'))
    const ask = { method: 'DELETE', token: tenant.token }
    const answer = rig.ask(`/v1.0/conferences/${conference}`, ask)
    expect(await socket.next()).toMatchObject({ status: 'terminating', tm_delete: null })
    rig.advance(SECOND / 10)
    const { body } = await answer
    expect(await deleted.next()).toEqual(body)
    rig.advance(5 * SECOND)
    expect(await deleted.next()).toMatchObject({ id: conference, status: 'terminated' })
    expect(
      (await rest())
        .map(tryParse)
        .filter(isObject)
        .map((one) => one['tm_delete']),
    ).toEqual([dig(body, 'tm_delete')])
  })

  test('answers 400 for a missing one (documented 404) and for a bad id, 403 to another customer and to plain agents', async () => {
    const { rig, tenant, conference, row } = await room(1)
    const ask = async (id: string, token = tenant.token) =>
      verdict(await rig.ask(`/v1.0/conferences/${id}`, { method: 'DELETE', token }))
    expect(await ask(NOBODY)).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await ask('42')).toEqual([400, 'INVALID_ID'])
    expect(await ask('')).toEqual([404, 'ROUTE_NOT_FOUND'])
    const stranger = await freshTenant(rig)
    expect(await ask(conference, stranger.token)).toEqual([403, 'PERMISSION_DENIED'])
    const agent = await rig.login(text(tenant.body, 'plainAgent', 'username'))
    expect(await ask(conference, agent)).toEqual([403, 'PERMISSION_DENIED'])
    await rig.control(`/tenants/${tenant.id}/not-found`, { reasons: '404' })
    expect(await ask(NOBODY)).toEqual([404, 'CONFERENCE_NOT_FOUND'])
    expect(dig(await row(), 'status')).toBe('progressing')
  })
})
