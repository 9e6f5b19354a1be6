import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { json, rejection, stubFetch } from '~/testing/fetch.fixture.ts'
import { lookupContact, parseContact } from './contacts.ts'
import fixture from './fixtures/contact.json'

afterEach(() => {
  vi.unstubAllGlobals()
})

const NUMBER = '+15551230002'

const refusal = (status: number, reason: string) =>
  json({ error: { status: 'NOT_FOUND', reason, message: 'No.' } }, { status })

describe('parseContact', () => {
  it('parses a contact under its preferred name', () => {
    const wanted = { id: fixture.id, name: 'Dr. Grace Okafor', raw: fixture }
    expect(parseContact(fixture)).toEqual(wanted)
  })

  it.each([
    [{ display_name: '' }, 'Grace Okafor'],
    [{ display_name: '  ', first_name: ' Grace ' }, 'Grace Okafor'],
    [{ display_name: null, last_name: '' }, 'Grace'],
    [{ display_name: 7 }, 'Grace Okafor'],
    [{ display_name: '', first_name: '', last_name: '' }, 'Northwind Travel'],
    [{ display_name: '', first_name: '', last_name: '', company: ['x'] }, ''],
    [{ display_name: ' \u202EGrace ' }, '\u202EGrace'],
  ])('with %j has the name "%s"', (fields, name) => {
    expect(parseContact({ ...fixture, ...fields })?.name).toBe(name)
  })

  it('returns null without an id', () => {
    expect(parseContact({ ...fixture, id: undefined })).toBeNull()
  })
})

describe('lookupContact', () => {
  it('escapes the plus of the number, which else never matches', async () => {
    const sent = stubFetch(() => json(fixture))
    expect((await lookupContact(NUMBER))?.name).toBe('Dr. Grace Okafor')
    expect(sent.map(({ url }) => url.pathname + url.search)).toEqual([
      '/v1.0/contacts/lookup?phone=%2B15551230002',
    ])
  })

  it('returns null when the number has no contact', async () => {
    stubFetch(() => refusal(404, 'CONTACT_NOT_FOUND'))
    await expect(lookupContact(NUMBER)).resolves.toBeNull()
  })

  it.each([
    [404, 'ROUTE_NOT_FOUND'],
    [403, 'PERMISSION_DENIED'],
    [500, 'CONTACT_NOT_FOUND'],
  ])('fails with %i %s', async (status, reason) => {
    stubFetch(() => refusal(status, reason))
    await expect(lookupContact(NUMBER)).rejects.toMatchObject({ status, reason })
  })

  it.each([[[]], ['Grace'], [{}], [null]])('fails when the answer is %j', async (body) => {
    stubFetch(() => json(body))
    const error = await rejection(lookupContact(NUMBER))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ kind: 'malformed' })
  })
})
