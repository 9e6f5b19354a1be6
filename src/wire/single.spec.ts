import { afterEach, describe, expect, it, vi } from 'vitest'
import { sessionOf } from '~/testing/session.fixture.ts'
import { accountOf } from '~/domain/session.ts'
import { json, rejection, stubFetch } from '~/testing/fetch.fixture.ts'
import fixture from './fixtures/conferencecall.json'
import { deleteParticipant, getParticipant } from './participants.ts'
import { begin } from './session.ts'

const SAM = sessionOf()

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('fetchRecord', () => {
  it('returns the record that was asked for', async () => {
    const sent = stubFetch(() => json(fixture))
    expect(await getParticipant(fixture.id)).toMatchObject({ id: fixture.id, status: 'joined' })
    expect(sent[0]?.url.pathname).toBe(`/v1.0/conferencecalls/${fixture.id}`)
    expect(sent[0]?.init.method).toBe('GET')
  })

  it('sends a removal as DELETE without a body', async () => {
    begin(SAM)
    const sent = stubFetch(() => json({ ...fixture, status: 'leaving' }))
    expect(await deleteParticipant(fixture.id, accountOf(SAM))).toMatchObject({ status: 'leaving' })
    expect(sent[0]?.init).toMatchObject({ method: 'DELETE', body: null })
  })

  it.each([
    [{ ...fixture, id: '00000000-0000-0000-0000-000000000000' }, /another record \(0{8}-/],
    [{ ...fixture, id: 'other' }, /another record \(other\)/],
    [{}, /not a record/],
    [[fixture], /not a record/],
    [null, /not a record/],
    ['joined', /not a record/],
  ])('throws "malformed" when the answer is %j', async (body, message) => {
    stubFetch(() => json(body))
    expect(await rejection(getParticipant(fixture.id))).toMatchObject({
      kind: 'malformed',
      message: expect.stringMatching(message),
    })
  })
})
