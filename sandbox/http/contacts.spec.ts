import { describe, expect, test } from 'vitest'
import { dig, freshTenant, START, startRig, verdict, type Rig } from '../testing/spec-support.ts'
import { populate } from '../world/populate.ts'
import { remoteParty } from '../world/records.ts'
import { World } from '../world/world.ts'

const GRACE = { phone: '+15551230002', display_name: 'Dr. Grace', first_name: 'Grace' }

async function tenantWithContact() {
  const rig = await startRig()
  const tenant = await freshTenant(rig)
  await rig.control(`/tenants/${tenant.id}/contacts`, GRACE)
  return { rig, tenant, lookUp: lookUpWith(rig, tenant.token) }
}

const lookUpWith = (rig: Rig, token: string) => async (query: string) =>
  rig.ask(`/v1.0/contacts/lookup${query}`, { token })

describe('GET /v1.0/contacts/lookup', () => {
  test('answers with the contact of a number, or that there is none', async () => {
    const { lookUp } = await tenantWithContact()
    const found = await lookUp('?phone=%2B15551230002')
    expect(found.status).toBe(200)
    expect(found.body).toMatchObject({
      display_name: 'Dr. Grace',
      first_name: 'Grace',
      last_name: '',
      addresses: [{ type: 'tel', target: '+15551230002', is_primary: true }],
      tm_update: null,
    })
    expect(verdict(await lookUp('?phone=%2B15551230003'))).toEqual([404, 'CONTACT_NOT_FOUND'])
    expect(verdict(await lookUp('?email=grace%40x.example'))).toEqual([404, 'CONTACT_NOT_FOUND'])
  })

  test('never matches a number whose plus is not escaped', async () => {
    const { lookUp } = await tenantWithContact()
    expect(verdict(await lookUp('?phone=+15551230002'))).toEqual([404, 'CONTACT_NOT_FOUND'])
  })

  test('refuses a request without a number, an account without the permission, and a trailing slash', async () => {
    const { rig, tenant, lookUp } = await tenantWithContact()
    expect(verdict(await lookUp(''))).toEqual([400, 'INVALID_ARGUMENT'])
    const plain = await rig.login(String(dig(tenant.body, 'plainAgent', 'username')))
    const refused = await lookUpWith(rig, plain)('?phone=%2B15551230002')
    expect(verdict(refused)).toEqual([403, 'PERMISSION_DENIED'])
    expect(verdict(await rig.ask('/v1.0/contacts/lookup?phone=x'))).toEqual([
      401,
      'AUTHENTICATION_REQUIRED',
    ])
    expect((await lookUp('/?phone=x')).status).toBe(301)
  })

  test('knows the contacts of the own customer only', async () => {
    const { rig } = await tenantWithContact()
    const other = await freshTenant(rig)
    const answer = await lookUpWith(rig, other.token)('?phone=%2B15551230002')
    expect(verdict(answer)).toEqual([404, 'CONTACT_NOT_FOUND'])
  })

  test('is hit by faults', async () => {
    const { rig, tenant, lookUp } = await tenantWithContact()
    const fault = { path: '/v1.0/contacts/lookup', kind: 'status', status: 500 }
    await rig.control(`/tenants/${tenant.id}/faults`, fault)
    expect(verdict(await lookUp('?phone=%2B15551230002'))).toEqual([500, 'INTERNAL'])
    expect((await lookUp('?phone=%2B15551230002')).status).toBe(200)
  })
})

const worldOf = (seed: number, idStream = 0): World => {
  const world = new World({ customerId: 'c', seed, idStream, start: START })
  populate(world, { conferences: 14, live: 90, history: 600, rate: 0 })
  return world
}
const namesIn = ({ contacts }: World) =>
  [...contacts.values()].map(({ phone, firstName, lastName }) => [phone, firstName, lastName])

describe('the contacts of a fresh world', () => {
  test('are a few, of callers whose calls have no name', () => {
    const world = worldOf(1)
    expect(world.contacts.size).toBe(12)
    const callers = world.calls.all().map(remoteParty)
    for (const phone of world.contacts.keys()) {
      const nameless = callers.filter(({ target, target_name: name }) => target === phone && !name)
      expect(nameless).not.toEqual([])
    }
  })

  test('are the same for the same seed, with ids of their own in each tenant', () => {
    const [one, again, beside, other] = [worldOf(1), worldOf(1), worldOf(1, 5), worldOf(2)]
    expect([...again.contacts]).toEqual([...one.contacts])
    expect(namesIn(beside)).toEqual(namesIn(one))
    expect(namesIn(other)).not.toEqual(namesIn(one))
    const ids = [one, beside].flatMap(({ contacts }) => [...contacts.values()].map(({ id }) => id))
    expect(new Set(ids).size).toBe(24)
  })
})

describe('POST /sandbox/tenants/$T/contacts', () => {
  test('replaces the contact of its number, which GET lists', async () => {
    const { rig, tenant, lookUp } = await tenantWithContact()
    const path = `/tenants/${tenant.id}/contacts`
    const answer = await rig.control(path, { phone: GRACE.phone, company: 'Acme' })
    expect(answer.status).toBe(201)
    expect((await lookUp('?phone=%2B15551230002')).body).toEqual(answer.body)
    expect((await rig.control(path, undefined, 'GET')).body).toEqual({ contacts: [answer.body] })
  })

  test('refuses a contact without a number, and fields that it does not know', async () => {
    const { rig, tenant } = await tenantWithContact()
    const path = `/tenants/${tenant.id}/contacts`
    expect((await rig.control(path, {})).body).toEqual({ error: '"phone" is missing.' })
    const answer = await rig.control(path, { ...GRACE, name: 'Grace' })
    expect(answer.body).toEqual({ error: '"name" is not known here.' })
  })
})
