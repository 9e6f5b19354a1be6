import type { QueryClient } from '@tanstack/react-query'
import { beforeEach, describe, expect, it } from 'vitest'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { actionOf, ASKED_AT, targetOf } from '~/testing/action.fixture.ts'
import type { Action, ActionKind } from '~/domain/action.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import type { RawRecord } from '~/domain/record.ts'
import type { Session } from '~/domain/session.ts'
import { fromMillis, toWireTime } from '~/domain/time.ts'
import { json, stubFetch, stubStorage, type Sent } from '~/testing/fetch.fixture.ts'
import { begin } from '~/wire/session.ts'
import { stepsOf } from './kinds.ts'

const { id, conferenceId, referenceId } = participantOf()
const CALL = referenceId ?? ''
const ROOM = conferenceId ?? ''

const signedIn = (permission: number | null): Session => ({
  credential: { kind: 'token', token: 'jwt' },
  name: 'Sam',
  username: 'sam',
  customerId: null,
  permission,
  expiresAt: null,
})

const call = (status: string) => ({
  id: CALL,
  status,
  tm_create: toWireTime(THEN),
  ...(status === 'hangup' && { tm_hangup: toWireTime(fromMillis(ASKED_AT + 400)) }),
})

const room = (wish: RawRecord = {}): RawRecord => ({
  id: ROOM,
  name: 'Standup',
  status: 'progressing',
  tm_create: toWireTime(THEN),
  tm_update: null,
  tm_end: null,
  tm_delete: null,
  ...wish,
})

const ENDING: RawRecord = {
  status: 'terminating',
  tm_update: toWireTime(fromMillis(ASKED_AT + 100)),
  tm_delete: toWireTime(fromMillis(ASKED_AT + 100)),
}

const refusal = (status: number, reason: string): Response =>
  json({ error: { reason, message: 'No.', request_id: 'req_1' } }, { status })

let client: QueryClient
/** The answers of the server, by the start of the path. */
let answers: Record<string, RawRecord | Response>
let asked: string[]

beforeEach(() => {
  stubStorage()
  client = createQueryClient()
  asked = []
  answers = {
    '/v1.0/conferencecalls': participantOf().raw,
    '/v1.0/calls': call('progressing'),
    '/v1.0/conferences': room(),
  }
  stubFetch(({ url, init }: Sent) => {
    asked.push(`${init.method} ${url.pathname}`)
    const found = Object.entries(answers).find(([path]) => url.pathname.startsWith(`${path}/`))?.[1]
    return found instanceof Response ? found.clone() : json(found)
  })
  begin(signedIn(32))
})

const action = (kind: ActionKind, target: Parameters<typeof targetOf>[0] = {}): Action =>
  actionOf({ kind, target: targetOf({ ...(kind === 'end' && { id: ROOM }), ...target }) })

const check = (kind: ActionKind, target?: Parameters<typeof targetOf>[0]) =>
  stepsOf(kind).check(client, action(kind, target))

describe('the check right before a request', () => {
  it.each<ActionKind>(['remove', 'hang-up', 'end'])(
    '%s: goes on while the record is as it was confirmed',
    async (kind) => {
      expect(await check(kind)).toEqual({ kind: 'same' })
    },
  )

  it.each<ActionKind>(['remove', 'hang-up', 'end'])(
    '%s by a plain agent: is denied without a request',
    async (kind) => {
      begin(signedIn(16))
      expect(await check(kind)).toEqual({
        kind: 'denied',
        text: expect.stringContaining('needs the admin or manager permission'),
      })
      expect(asked).toEqual([])
    },
  )

  it.each<ActionKind>(['remove', 'hang-up', 'end'])(
    '%s by an access key: is left to the server',
    async (kind) => {
      begin(signedIn(null))
      expect(await check(kind)).toEqual({ kind: 'same' })
    },
  )

  it('hangs up a leaving participant, which a removal leaves alone', async () => {
    answers['/v1.0/conferencecalls'] = participantOf({ status: 'leaving' }).raw
    expect(await check('hang-up')).toEqual({ kind: 'same' })
    expect(await check('remove')).toMatchObject({ kind: 'over' })
  })

  it.each([
    ['another call', { referenceId: '11111111-2222-4333-8444-555555555555' }],
    ['another conference', { conferenceId: '11111111-2222-4333-8444-555555555555' }],
  ])('does not hang up a leaving participant with %s than was confirmed', async (_name, wish) => {
    answers['/v1.0/conferencecalls'] = participantOf({ status: 'leaving', ...wish }).raw
    expect(await check('hang-up')).toMatchObject({ kind: 'changed' })
    expect(asked.filter((one) => one.includes('/calls/'))).toEqual([])
  })

  it('never requests a call without an id', async () => {
    answers['/v1.0/conferencecalls'] = participantOf({ referenceId: null }).raw
    expect(await check('hang-up', { callId: null })).toMatchObject({
      kind: 'denied',
      text: expect.stringContaining('no call'),
    })
    expect(asked).toHaveLength(1)
  })

  it.each<[string, RawRecord | Response, RegExp]>([
    ['has ended', call('hangup'), /already ended/],
    ['is ending', call('terminating'), /already ending/],
    ['is missing', refusal(404, 'CALL_NOT_FOUND'), /no such call/],
    ['is deleted', refusal(409, 'STATE_INVALID'), /no such call/],
  ])('does not hang up a call that %s', async (_name, answer, text) => {
    answers['/v1.0/calls'] = answer
    expect(await check('hang-up')).toEqual({ kind: 'over', text: expect.stringMatching(text) })
  })

  it.each<[string, RawRecord, object]>([
    ['has another name', { name: 'Board' }, { kind: 'changed', text: 'Is called “Board” now.' }],
    ['is ending', ENDING, { kind: 'over', text: 'Was already terminating.' }],
    ['has an unknown status', { status: 'paused' }, { kind: 'denied', text: expect.any(String) }],
  ])('does not end a conference that %s', async (_name, wish, found) => {
    answers['/v1.0/conferences'] = room(wish)
    expect(await check('end')).toEqual(found)
  })
})

const after = (kind: ActionKind) => stepsOf(kind).after(client, action(kind))

describe('the look after a request', () => {
  it.each<[string, RawRecord | Response, Partial<Action>]>([
    ['hangup', call('hangup'), { state: 'unsure', goneAt: ASKED_AT + 400 }],
    ['terminating', call('terminating'), { state: 'unsure' }],
    ['progressing', call('progressing'), { state: 'failed' }],
    ['missing', refusal(404, 'CALL_NOT_FOUND'), { state: 'failed' }],
  ])('tells of a call that is %s', async (_name, answer, found) => {
    answers['/v1.0/calls'] = answer
    expect(await after('hang-up')).toMatchObject(found)
  })

  it('tells that nothing has happened while a conference is not ending', async () => {
    expect(await after('end')).toMatchObject({ state: 'failed' })
  })

  it('tells that an empty conference is over though it stays at terminating', async () => {
    answers['/v1.0/conferences'] = room(ENDING)
    expect(await after('end')).toMatchObject({ state: 'unsure', goneAt: ASKED_AT + 100 })
  })

  it('tells that a conference is not over while a participant is joining', async () => {
    rosterOf(client).apply({ facts: [participantOf({ status: 'joining' })] })
    answers['/v1.0/conferences'] = room(ENDING)
    expect(await after('end')).toEqual({ state: 'unsure' })
  })

  it('reads the participants that are held as connected to a terminated conference', async () => {
    rosterOf(client).apply({ facts: [participantOf()] })
    const end = toWireTime(fromMillis(ASKED_AT + 900))
    answers['/v1.0/conferences'] = room({
      ...ENDING,
      status: 'terminated',
      tm_update: end,
      tm_end: end,
    })
    expect(await after('end')).toEqual({ state: 'unsure' })
    answers['/v1.0/conferencecalls'] = participantOf({ status: 'leaved', updatedAt: THEN + 1 }).raw
    expect(await after('end')).toEqual({ state: 'unsure', goneAt: ASKED_AT + 900 })
    expect(asked.filter((one) => one.endsWith(`/conferencecalls/${id}`))).toHaveLength(2)
  })
})

describe('what the held records say', () => {
  it('is that a conference is over only when no participant is connected', () => {
    const goneAt = (wish: Parameters<typeof conferenceOf>[0]) => {
      client.setQueryData(['conference', ROOM], conferenceOf(wish))
      return stepsOf('end').noted(client, action('end'))?.goneAt ?? null
    }
    const over = {
      status: 'terminated',
      endedAt: fromMillis(ASKED_AT + 900),
      deletedAt: fromMillis(ASKED_AT + 100),
    }
    expect(goneAt({})).toBeNull()
    expect(goneAt({ ...over, participantIds: [id] })).toBeNull()
    expect(goneAt(over)).toBe(ASKED_AT + 900)
    rosterOf(client).apply({ facts: [participantOf()] })
    expect(goneAt(over)).toBeNull()
  })
})
