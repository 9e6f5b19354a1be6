import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isObject, tryParse } from '../world/json.ts'
import { peekClaims } from './jwt.ts'
import { dig, freshTenant, rows, startRig, text } from '../testing/spec-support.ts'

/** A payload as the real platform sends it: an independent witness. */
function fixture(name: string): unknown {
  return tryParse(readFileSync(new URL(`../../src/wire/fixtures/${name}`, import.meta.url), 'utf8'))
}

function keys(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : []
}

/** The JSON type of every key; a time and null are told apart. */
function types(value: unknown): Record<string, string> {
  return Object.fromEntries(keys(value).map((key) => [key, typeOf(dig(value, key))]))
}

function typeOf(value: unknown): string {
  if (value === null || Array.isArray(value)) return value === null ? 'null' : 'list'
  if (typeof value !== 'string') return typeof value
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return 'time'
  return /^[0-9a-f-]{36}$/.test(value) ? 'uuid' : 'string'
}

async function world() {
  const rig = await startRig()
  const tenant = await freshTenant(rig)
  const get = async (path: string) => (await rig.ask(`/v1.0${path}`, { token: tenant.token })).body
  return { rig, tenant, get }
}

describe('shapes against the fixtures', () => {
  test('a conferencecall has the same keys in the same order and of the same types (voipbin-api.md 4.1)', async () => {
    const { rig, tenant, get } = await world()
    const conference = text(tenant.body, 'conferences', 0, 'id')
    const { participant } = {
      participant: text(await tenant.act('dial-in', { conference, hold: true }), 'participant'),
    }
    const fresh = await get(`/conferencecalls/${participant}`)
    expect(keys(fresh)).toEqual(keys(fixture('conferencecall.json')))
    expect(types(fresh)).toEqual(types(fixture('conferencecall.json')))
    rig.advance(1_000_000)
    await tenant.act('join', { participant })
    expect(types(await get(`/conferencecalls/${participant}`))).toEqual(
      types(dig(fixture('conferencecalls-page.json'), 'result', 0)),
    )
    expect(keys(await get('/conferencecalls'))).toEqual(keys(fixture('conferencecalls-page.json')))
  })

  test('an empty conference leaves out what is empty, a full one has every key in order (voipbin-api.md 5.1)', async () => {
    const { rig, tenant, get } = await world()
    const conference = text(await tenant.act('create-conference', { name: '' }), 'conference')
    const bare = await get(`/conferences/${conference}`)
    expect(keys(bare)).toEqual(keys(fixture('conference-empty.json')))
    const standup = text(tenant.body, 'conferences', 0, 'id')
    await tenant.act('dial-in', { conference: standup })
    rig.advance(1_000_000)
    const full = await get(`/conferences/${standup}`)
    expect(keys(full)).toEqual(keys(fixture('conference.json')))
    expect(types(full)).toEqual(types(fixture('conference.json')))
  })

  test('calls, in progress and over, leave unset times out (voipbin-api.md 6)', async () => {
    const { rig, tenant, get } = await world()
    const conference = text(tenant.body, 'conferences', 0, 'id')
    const act = await tenant.act('dial-in', { conference, name: 'Ann', number: '+15551230001' })
    const call = `/calls/${text(act, 'call')}`
    expect(keys(await get(call))).toEqual(keys(fixture('call.json')))
    expect(types(await get(call))).toEqual(types(fixture('call.json')))
    expect(types(dig(await get(call), 'action'))).toEqual(
      types(dig(fixture('call.json'), 'action')),
    )
    expect(dig(await get(call), 'source')).toEqual(dig(fixture('call.json'), 'source'))
    rig.advance(1_000_000)
    await tenant.act('hang-up', { participant: text(act, 'participant') })
    expect(keys(await get(call))).toEqual(keys(fixture('call-hangup.json')))
    expect(types(await get(call))).toEqual(types(fixture('call-hangup.json')))
  })

  test('a recording that ended has the same keys in the same order and of the same types (voipbin-api.md 16)', async () => {
    const { rig, tenant, get } = await world()
    const conference = text(tenant.body, 'conferences', 0, 'id')
    await tenant.act('dial-in', { conference })
    const path = `/v1.0/conferences/${conference}`
    const ask = { method: 'POST', token: tenant.token }
    await rig.ask(`${path}/recording_start`, { ...ask, body: { format: 'wav' } })
    rig.advance(1_000_000)
    await rig.ask(`${path}/recording_stop`, ask)
    rig.advance(1_000_000)
    const recording = dig(await get('/recordings'), 'result', 0)
    expect(keys(recording)).toEqual(keys(fixture('recording.json')))
    expect(types(recording)).toEqual(types(fixture('recording.json')))
  })

  test('a contact has the same keys in the same order and of the same types (voipbin-api.md 15)', async () => {
    const { rig, tenant, get } = await world()
    const fields = {
      phone: '+15551230002',
      display_name: 'Dr. Grace Okafor',
      company: 'Northwind Travel',
    }
    await rig.control(`/tenants/${tenant.id}/contacts`, fields)
    const contact = await get('/contacts/lookup?phone=%2B15551230002')
    const known = fixture('contact.json')
    expect(keys(contact)).toEqual(keys(known))
    expect(types(contact)).toEqual(types(known))
    const [address, knownAddress] = [contact, known].map((one) => dig(one, 'addresses', 0))
    expect(keys(address)).toEqual(keys(knownAddress))
    expect(types(address)).toEqual(types(knownAddress))
  })

  test('me, customer, login and the claims of the token have their keys in order (voipbin-api.md 2.1, 2.2, 2.5)', async () => {
    const { rig, tenant, get } = await world()
    expect(types(await get('/me'))).toEqual(types(fixture('me.json')))
    expect(keys(await get('/me'))).toEqual(keys(fixture('me.json')))
    expect(types(await get('/customer'))).toEqual(types(fixture('customer.json')))
    const body = { username: tenant.username, password: 'rollcall' }
    const login = await rig.ask('/auth/login', { method: 'POST', body })
    expect(keys(login.body)).toEqual(keys(fixture('login.json')))
    const claims = peekClaims(tenant.token)
    expect(types(claims)).toEqual(types(fixture('jwt-payload.json')))
    expect(keys(dig(claims, 'agent'))).toEqual(keys(dig(fixture('jwt-payload.json'), 'agent')))
  })

  test('error envelopes have the same keys in the same order (voipbin-api.md 7)', async () => {
    const { rig, tenant, get } = await world()
    const missing = await get('/conferences/b8aa51f6-5cc1-40ba-9737-45ca24dab153')
    const known = fixture('error-invalid-argument.json')
    expect({ ...types(dig(missing, 'error')) }).toEqual(types(dig(known, 'error')))
    expect(dig(missing, 'error', 'message')).toBe(dig(known, 'error', 'message'))
    const fault = { path: '/v1.0/me', kind: 'status', status: 429 }
    await rig.control(`/tenants/${tenant.id}/faults`, fault)
    expect(keys(dig(await get('/me'), 'error'))).toEqual(
      keys(dig(fixture('error-rate-limited.json'), 'error')),
    )
  })
})

describe('how values are written', () => {
  test('fractions lose trailing zeros, tokens keep six digits (voipbin-api.md 10)', async () => {
    const { rig, tenant, get } = await world()
    const conference = text(tenant.body, 'conferences', 0, 'id')
    rig.advance(876_544)
    await tenant.act('dial-in', { conference })
    rig.advance(100_000)
    await tenant.act('dial-in', { conference })
    rig.advance(1)
    const page = await get('/conferencecalls')
    expect(dig(page, 'result', 0, 'tm_create')).toBe('2026-01-15T09:30:01.1Z')
    expect(dig(page, 'result', 1, 'tm_create')).toBe('2026-01-15T09:30:01Z')
    expect(dig(page, 'next_page_token')).toBe('2026-01-15T09:30:01.000000Z')
  })

  test('the legacy format has a sentinel for every unset time, and reads its own tokens (voipbin-api.md 10)', async () => {
    const { rig, tenant, get } = await world()
    const conference = text(tenant.body, 'conferences', 0, 'id')
    const act = await tenant.act('dial-in', { conference, hold: true })
    await rig.control(`/tenants/${tenant.id}/time-format`, { format: 'legacy' })
    rig.advance(1)
    const page = await get('/conferencecalls')
    expect(dig(page, 'result', 0, 'tm_create')).toBe('2026-01-15 09:30:00.123456')
    expect(dig(page, 'result', 0, 'tm_update')).toBe('9999-01-01 00:00:00.000000')
    expect(dig(await get(`/calls/${text(act, 'call')}`), 'tm_hangup')).toBe(
      '9999-01-01 00:00:00.000000',
    )
    const next = encodeURIComponent(text(page, 'next_page_token'))
    expect(await get(`/conferencecalls?page_token=${next}`)).toEqual({
      result: [],
      next_page_token: '',
    })
  })

  test('<, > and & are escaped as Go does (voipbin-api.md quirk 26)', async () => {
    const { rig, tenant } = await world()
    await tenant.act('create-conference', { name: '<b>R&D</b>' })
    rig.advance(1)
    const list = await rig.ask('/v1.0/conferences?page_size=1', { token: tenant.token })
    expect(list.text).toContain('"name":"\\u003cb\\u003eR\\u0026D\\u003c/b\\u003e"')
    expect(dig(rows(list), 0, 'name')).toBe('<b>R&D</b>')
  })
})
