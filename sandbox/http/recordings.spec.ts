import { describe, expect, test } from 'vitest'
import { controlledCaller } from '../testing/control-support.ts'
import { dig, freshTenant, rows, text, verdict, type Answer } from '../testing/spec-support.ts'

const SECOND = 1_000_000
const ZERO = '00000000-0000-0000-0000-000000000000'

async function recorder() {
  const caller = await controlledCaller()
  const status = async (id: string) =>
    dig((await caller.send('GET', `/recordings/${id}`)).body, 'status')
  /** Starts a recording. @returns its id */
  const started = async (body?: Parameters<typeof caller.start>[0]): Promise<string> =>
    text((await caller.start(body)).body, 'recording_id')
  return { ...caller, status, started }
}

/** Status of an answer, and `id` and `status` of the record in it. */
const gist = ({ status, body }: Answer): readonly unknown[] => [
  status,
  dig(body, 'id'),
  dig(body, 'status'),
]

/** A refusal with 200: the zero value of a conference has no status. */
const REFUSED = [200, ZERO, undefined]

describe('a recording (voipbin-api.md 16)', () => {
  test('is initiating, recording, stopping, ended; only the stop clears the id', async () => {
    const one = await recorder()
    const known = dig(await one.conferenceRow(), 'recording_ids', 0)
    const id = await one.started()
    expect(await one.conferenceRow()).toMatchObject({
      recording_id: id,
      recording_ids: [known, id],
    })
    expect(await one.status(id)).toBe('initiating')
    one.rig.advance(SECOND)
    const { body } = await one.send('GET', `/recordings/${id}`)
    expect(body).toMatchObject({ id, reference_type: 'confbridge', format: 'wav' })
    expect(body).toHaveProperty('tm_start')
    expect(body).not.toHaveProperty('tm_end')
    expect(dig(body, 'status')).toBe('recording')
    expect(dig(await one.callRow(), 'action', 'option', 'confbridge_id')).toBe(
      dig(body, 'reference_id'),
    )
    const stopped = await one.stop()
    expect([stopped.status, dig(stopped.body, 'recording_id')]).toEqual([200, ZERO])
    expect(dig(stopped.body, 'recording_ids')).toContain(id)
    expect(await one.status(id)).toBe('stopping')
    one.rig.advance(SECOND)
    const over = await one.send('GET', `/recordings/${id}`)
    expect(over.body).toMatchObject({ status: 'ended' })
    expect(over.body).toHaveProperty('tm_end')
    expect(await one.started()).not.toBe(id)
  })

  test('a second start is refused with 200 and a zero record', async () => {
    const one = await recorder()
    const id = await one.started()
    expect(gist(await one.start())).toEqual(REFUSED)
    expect(dig(await one.conferenceRow(), 'recording_id')).toBe(id)
  })

  test('that ends by its duration leaves the id stale: no start, no stop, ever', async () => {
    const one = await recorder()
    const id = await one.started({ format: 'wav', duration: 30 })
    one.rig.advance(31 * SECOND)
    expect(await one.status(id)).toBe('ended')
    expect(dig(await one.conferenceRow(), 'recording_id')).toBe(id)
    expect(gist(await one.start())).toEqual(REFUSED)
    expect(verdict(await one.stop())).toEqual([400, 'INVALID_ARGUMENT'])
    expect(dig(await one.conferenceRow(), 'recording_id')).toBe(id)
  })

  test.each([0, 90_000])('of %i s goes on for a day at least', async (duration) => {
    const one = await recorder()
    const id = await one.started({ format: 'wav', duration })
    one.rig.advance(86_399 * SECOND)
    expect(await one.status(id)).toBe('recording')
    one.rig.advance(2 * SECOND)
    expect(await one.status(id)).toBe(duration === 0 ? 'recording' : 'ended')
  })

  test('is stopped only while it goes on and the conference is progressing', async () => {
    const one = await recorder()
    expect(verdict(await one.stop())).toEqual([400, 'INVALID_ARGUMENT'])
    await one.started()
    const deletion = one.send('DELETE', `/conferences/${one.conference}`)
    const answered = deletion.then(({ status }) => status)
    // The answer comes after the kicks, on the clock of the spec.
    await expect
      .poll(async () => {
        one.rig.advance(0.1 * SECOND)
        return Promise.race([answered, Promise.resolve('waiting')])
      })
      .toBe(200)
    expect(verdict(await one.stop())).toEqual([400, 'INVALID_ARGUMENT'])
  })

  test('is refused in a conference that is not progressing', async () => {
    const one = await recorder()
    const act = await one.tenant.act('create-conference', { name: 'Old', status: 'terminating' })
    const path = `/conferences/${text(act, 'conference')}/recording_start`
    expect(gist(await one.send('POST', path, {}))).toEqual(REFUSED)
  })

  test('fails when there never was a participant, and without balance', async () => {
    const one = await recorder()
    const act = await one.tenant.act('create-conference', { name: 'New' })
    const conference = text(act, 'conference')
    const path = `/conferences/${conference}/recording_start`
    expect(verdict(await one.send('POST', path, {}))).toEqual([400, 'INVALID_ARGUMENT'])
    await one.tenant.act('dial-in', { conference, hold: true })
    expect(verdict(await one.send('POST', path, {}))).toEqual([400, 'INVALID_ARGUMENT'])
    await one.control('/balance', { balance: false })
    expect(verdict(await one.start())).toEqual([400, 'INVALID_ARGUMENT'])
    await one.control('/balance', { balance: true })
    // One that has left is enough.
    await one.act('hang-up')
    expect((await one.start()).body).toMatchObject({ id: one.conference })
  })

  test('needs a body to start, and a conference of the customer', async () => {
    const one = await recorder()
    expect(verdict(await one.start(''))).toEqual([400, 'INVALID_JSON_BODY'])
    const other = await freshTenant(one.rig)
    const foreign = text(other.body, 'conferences', 0, 'id')
    for (const [path, body] of [
      ['recording_start', {}],
      ['recording_stop', undefined],
    ] as const) {
      const of = async (id: string) =>
        verdict(await one.send('POST', `/conferences/${id}/${path}`, body))
      expect(await of('x')).toEqual([400, 'INVALID_ID'])
      expect(await of('b8aa51f6-5cc1-40ba-9737-45ca24dab153')).toEqual([400, 'INVALID_ARGUMENT'])
      expect(await of(foreign)).toEqual([403, 'PERMISSION_DENIED'])
    }
  })

  test('start that is lost after the effect is there all the same', async () => {
    const one = await recorder()
    const path = `/v1.0/conferences/${one.conference}/recording_start`
    await one.control('/faults', { path, kind: 'status', status: 503, stage: 'after' })
    expect(verdict(await one.start())).toEqual([503, 'REQUEST_TIMEOUT'])
    expect(dig(await one.conferenceRow(), 'recording_id')).not.toBe(ZERO)
    expect(gist(await one.start())).toEqual(REFUSED)
  })
})

describe('GET /v1.0/recordings (voipbin-api.md 3, 16)', () => {
  test('lists those of the customer, newest first, in pages', async () => {
    const one = await recorder()
    const ids: string[] = []
    for (let n = 0; n < 3; n++) {
      ids.unshift(await one.started())
      one.rig.advance(SECOND)
      await one.stop()
      one.rig.advance(SECOND)
    }
    const page = await one.send('GET', '/recordings?page_size=2')
    expect(rows(page).map((row) => dig(row, 'id'))).toEqual(ids.slice(0, 2))
    const token = encodeURIComponent(text(page.body, 'next_page_token'))
    const rest = await one.send('GET', `/recordings?page_token=${token}`)
    expect(rows(rest).map((row) => dig(row, 'id'))).toEqual(ids.slice(2))
    const other = await freshTenant(one.rig)
    const empty = await one.rig.ask('/v1.0/recordings', { token: other.token })
    expect(empty.body).toEqual({ result: [], next_page_token: '' })
    const foreign = await one.rig.ask(`/v1.0/recordings/${ids[0] ?? ''}`, { token: other.token })
    expect(verdict(foreign)).toEqual([403, 'PERMISSION_DENIED'])
  })

  test('refuses a bad id and one that is missing', async () => {
    const one = await recorder()
    expect(verdict(await one.send('GET', '/recordings/x'))).toEqual([400, 'INVALID_ID'])
    const missing = await one.send('GET', '/recordings/b8aa51f6-5cc1-40ba-9737-45ca24dab153')
    expect(verdict(missing)).toEqual([404, 'RECORDING_NOT_FOUND'])
  })
})
