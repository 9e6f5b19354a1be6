import { describe, expect, test } from 'vitest'
import { controlledCaller } from '../testing/control-support.ts'
import { dig, freshTenant, startRig, text, verdict, type Ask } from '../testing/spec-support.ts'

const SECOND = 1_000_000
const ID = '0b6f3f8e-2a11-4d9e-8b7d-9c0a1e2f3d4b'
const FLOW = '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d'
const ZERO = '00000000-0000-0000-0000-000000000000'

async function creating() {
  const rig = await startRig()
  const tenant = await freshTenant(rig)
  const { token } = tenant
  return {
    rig,
    tenant,
    post: async (body?: Ask['body']) =>
      rig.ask('/v1.0/conferences', {
        method: 'POST',
        token,
        ...(body === undefined ? {} : { body }),
      }),
    get: async (id: string) => (await rig.ask(`/v1.0/conferences/${id}`, { token })).body,
    list: async () => (await rig.ask('/v1.0/conferences', { token })).body,
    control: async (path: string, body: Ask['body']) =>
      rig.control(`/tenants/${tenant.id}${path}`, body),
  }
}

describe('POST /v1.0/conferences (voipbin-api.md 16)', () => {
  test('creates one that is progressing at once, with the id that the client chose', async () => {
    const { rig, post, get, list } = await creating()
    const fields = { name: 'War room', detail: 'INC-7', timeout: 0, data: { ticket: 7 } }
    const answer = await post({ id: ID, type: 'conference', ...fields, pre_flow_id: FLOW })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: ID,
      type: 'conference',
      status: 'progressing',
      name: 'War room',
      detail: 'INC-7',
      data: { ticket: 7 },
      pre_flow_id: FLOW,
      post_flow_id: ZERO,
      recording_id: ZERO,
    })
    expect(await get(ID)).toEqual(answer.body)
    rig.advance(1)
    expect(dig(await list(), 'result', 0, 'id')).toBe(ID)
  })

  test('an id that is used already is a 500, also one of another customer', async () => {
    const { rig, post } = await creating()
    expect((await post({ id: ID, name: 'One' })).status).toBe(200)
    expect(verdict(await post({ id: ID, name: 'Two' }))).toEqual([500, 'INTERNAL'])
    const other = await freshTenant(rig)
    const ask = { method: 'POST', token: other.token, body: { id: ID } }
    expect(verdict(await rig.ask('/v1.0/conferences', ask))).toEqual([500, 'INTERNAL'])
  })

  test('gives an id of its own for none and for what is no UUID', async () => {
    const { post } = await creating()
    const ids = [text((await post({})).body, 'id'), text((await post({ id: 'x' })).body, 'id')]
    expect(new Set(ids).size).toBe(2)
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id) && id !== ZERO)).toBe(true)
  })

  test('takes any type, but lists only conferences', async () => {
    const { rig, post, list } = await creating()
    const before = JSON.stringify(await list())
    expect(dig((await post({ type: 'party' })).body, 'type')).toBe('party')
    rig.advance(1)
    expect(JSON.stringify(await list())).toBe(before)
  })

  test.each([undefined, 'x', { name: 1 }, { timeout: '60' }, { data: [] }])(
    'refuses the body %j',
    async (body) => {
      const { post } = await creating()
      expect(verdict(await post(body))).toEqual([400, 'INVALID_JSON_BODY'])
    },
  )

  test('beyond the quota is a 500, and needs the permission', async () => {
    const { rig, tenant, post, control } = await creating()
    await control('/quota', { conferences: 4 })
    expect((await post({ type: 'conference' })).status).toBe(200)
    expect(verdict(await post({ type: 'conference' }))).toEqual([500, 'INTERNAL'])
    await control('/quota', {})
    expect((await post({ type: 'conference' })).status).toBe(200)
    const token = await rig.login(text(tenant.body, 'plainAgent', 'username'))
    const refused = await rig.ask('/v1.0/conferences', { method: 'POST', token, body: {} })
    expect(verdict(refused)).toEqual([403, 'PERMISSION_DENIED'])
  })
})

describe('PUT /v1.0/conferences/{id} (voipbin-api.md 16)', () => {
  test('overwrites all: what is absent is emptied', async () => {
    const caller = await controlledCaller()
    const before = await caller.conferenceRow()
    expect(before).toMatchObject({ name: 'Support standup', data: { team: 'support' } })
    const first = await caller.put({ name: 'Renamed', pre_flow_id: FLOW, post_flow_id: FLOW })
    expect(first.body).toMatchObject({ name: 'Renamed', pre_flow_id: FLOW, post_flow_id: FLOW })
    for (const gone of ['detail', 'data', 'timeout']) expect(first.body).not.toHaveProperty(gone)
    const second = await caller.put({})
    expect(second.body).toMatchObject({ pre_flow_id: ZERO, post_flow_id: ZERO })
    expect(second.body).not.toHaveProperty('name')
    for (const kept of ['id', 'type', 'status', 'direct_hash', 'conferencecall_ids', 'tm_create'])
      expect(dig(second.body, kept)).toEqual(dig(before, kept))
    expect(await caller.conferenceRow()).toEqual(second.body)
  })

  test('refuses a bad id, a missing conference, one of another customer, and no body', async () => {
    const caller = await controlledCaller()
    const put = async (id: string, body?: Ask['body']) =>
      verdict(await caller.send('PUT', `/conferences/${id}`, body))
    expect(await put('x', {})).toEqual([400, 'INVALID_ID'])
    expect(await put(ID, {})).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await put(caller.conference)).toEqual([400, 'INVALID_JSON_BODY'])
    const other = await freshTenant(caller.rig)
    expect(await put(text(other.body, 'conferences', 0, 'id'), {})).toEqual([
      403,
      'PERMISSION_DENIED',
    ])
  })
})

describe('timeout (voipbin-api.md 16)', () => {
  test('deletes the conference so many seconds after its creation', async () => {
    const { rig, post, get } = await creating()
    await post({ id: ID, timeout: 60 })
    rig.advance(59 * SECOND)
    expect(await get(ID)).toMatchObject({ status: 'progressing', tm_delete: null, timeout: 60 })
    rig.advance(2 * SECOND)
    expect(await get(ID)).toMatchObject({ status: 'terminating' })
    expect(dig(await get(ID), 'tm_delete')).not.toBeNull()
  })

  test.each([1, 59])('%i s become a day', async (timeout) => {
    const { rig, post, get } = await creating()
    expect(dig((await post({ id: ID, timeout })).body, 'timeout')).toBe(86_400)
    rig.advance(86_399 * SECOND)
    expect(dig(await get(ID), 'tm_delete')).toBeNull()
    rig.advance(2 * SECOND)
    expect(dig(await get(ID), 'tm_delete')).not.toBeNull()
  })

  test.each([{ timeout: 3600 }, {}])(
    'a PUT of %j does not cancel the schedule of the creation',
    async (fields) => {
      const { rig, tenant, post, get } = await creating()
      await post({ id: ID, timeout: 60 })
      const ask = { method: 'PUT', token: tenant.token, body: fields }
      await rig.ask(`/v1.0/conferences/${ID}`, ask)
      rig.advance(61 * SECOND)
      expect(dig(await get(ID), 'tm_delete')).not.toBeNull()
    },
  )

  test('each PUT with a timeout schedules one more deletion, and each of them deletes again', async () => {
    const { rig, tenant, post, get } = await creating()
    await post({ id: ID })
    const ask = { method: 'PUT', token: tenant.token }
    await rig.ask(`/v1.0/conferences/${ID}`, { ...ask, body: { timeout: 60 } })
    await rig.ask(`/v1.0/conferences/${ID}`, { ...ask, body: { timeout: 120 } })
    rig.advance(61 * SECOND)
    const first = dig(await get(ID), 'tm_delete')
    expect(first).not.toBeNull()
    rig.advance(60 * SECOND)
    expect(dig(await get(ID), 'tm_delete')).not.toBe(first)
  })
})

describe('POST .../direct-hash-regenerate (voipbin-api.md 14, 16)', () => {
  test('gives a new hash, and leaves all else as it was', async () => {
    const caller = await controlledCaller()
    const before = await caller.conferenceRow()
    const path = `/conferences/${caller.conference}/direct-hash-regenerate`
    const answer = await caller.send('POST', path)
    const hash = text(answer.body, 'direct_hash')
    expect(hash).toMatch(/^direct\.[0-9a-f]{12}$/)
    expect(hash).not.toBe(dig(before, 'direct_hash'))
    expect(answer.body).toEqual({ ...Object(before), direct_hash: hash })
    expect(await caller.conferenceRow()).toEqual(answer.body)
  })

  test('has a reason of its own for what is no UUID', async () => {
    const caller = await controlledCaller()
    const of = async (id: string) =>
      verdict(await caller.send('POST', `/conferences/${id}/direct-hash-regenerate`))
    expect(await of('x')).toEqual([400, 'INVALID_REQUEST_PARAMETER'])
    expect(await of(ID)).toEqual([400, 'INVALID_ARGUMENT'])
  })
})
