import type { QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { revised, wasSent, type Action, type ActionKind } from '~/domain/action.ts'
import { knownCaller, type MuteDirection } from '~/domain/call.ts'
import { accountOf } from '~/domain/session.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'
import { CallServer, type Fate } from '~/testing/call-server.fixture.ts'
import { json, stubFetch, stubStorage } from '~/testing/fetch.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { workOff } from '~/testing/work.fixture.ts'
import { parseCall } from '~/wire/calls.ts'
import { begin } from '~/wire/session.ts'
import { lookAt } from './jobs.ts'

const CALL = participantOf().referenceId ?? ''

let client: QueryClient
let server: CallServer

beforeEach(() => start())

function start(): void {
  stubStorage()
  client = createQueryClient()
  server = new CallServer()
  stubFetch(server.answer)
  begin(SAM)
}

const SAM = sessionOf({ permission: 32 })

/** Works an action off as the ledger does, with one look for proof. Returns what it came to. */
async function work(kind: ActionKind, wish: Partial<Action> = {}): Promise<Action> {
  const confirmed = actionOf({ kind, target: targetOf({ callId: CALL }), ...wish })
  const action = await workOff(client, confirmed, accountOf(SAM))
  if (!wasSent(action) || action.goneAt !== null) return action
  const found = await lookAt(client, action)
  return found instanceof Error ? action : revised(action, found)
}

/** What the server pushes after each change. */
const push = () => {
  const call = parseCall(server.call())
  if (call) callersOf(client).applyCalls([call])
}

const shown = () => knownCaller(callersOf(client).get(CALL))?.mute

describe('mute and unmute', () => {
  it('mutes with the direction in, and is confirmed by the record', async () => {
    const action = await work('mute')
    expect(server.asked).toEqual(['POST mute in'])
    expect(action).toMatchObject({ state: 'accepted', goneAt: expect.any(Number), text: '' })
    expect(shown()?.direction).toBe('in')
  })

  it.each<MuteDirection>(['in', 'out', 'both'])(
    'unmutes with the stored direction (%s)',
    async (direction) => {
      server.mute(direction)
      const action = await work('unmute')
      expect(server.asked).toEqual([`DELETE mute ${direction}`])
      expect(action).toMatchObject({ state: 'accepted', goneAt: expect.any(Number) })
    },
  )

  it('ends a mute that a later one has overwritten in the record', async () => {
    server.mute('out')
    push()
    server.mute('in')
    push()
    expect(shown()).toMatchObject({ direction: 'in', overwritten: 'out' })
    await work('unmute')
    expect(server.asked).toEqual(['DELETE mute in', 'DELETE mute out'])
    expect(server.audible).toEqual({ in: false, out: false })
  })

  it('repairs a record that says muted although the audio is not', async () => {
    server.mute('both')
    server.unmute('in')
    expect(server).toMatchObject({ record: 'both', audible: { in: false, out: true } })
    await work('unmute')
    expect(server).toMatchObject({ record: '', audible: { in: false, out: false } })
  })

  it('mutes again where the record already says so: the record may be wrong', async () => {
    server.mute('in')
    server.unmute('both')
    expect(server).toMatchObject({ record: 'in', audible: { in: false } })
    const action = await work('mute')
    expect(action).toMatchObject({ state: 'accepted', goneAt: expect.any(Number) })
    expect(server.audible.in).toBe(true)
  })

  it('does not overwrite the record of a mute of what the caller hears', async () => {
    server.mute('out')
    expect(await work('mute')).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('Unmute that first'),
    })
    expect(server.asked).toEqual([])
  })

  it.each<[ActionKind, string]>([
    ['mute', 'Is already muted, in both directions.'],
    ['unmute', 'Is not muted.'],
  ])('skips what is so already (%s)', async (kind, text) => {
    if (kind === 'mute') server.mute('both')
    expect(await work(kind)).toMatchObject({ state: 'skipped', text })
    expect(server.asked).toEqual([])
  })

  it('is not confirmed when the answer is lost and the record has not changed', async () => {
    server.mute('in')
    server.fate = 'lost-before'
    expect(await work('mute')).toMatchObject({ state: 'unsure', goneAt: null })
  })

  it('is confirmed by the record when the answer is lost but the mute was set', async () => {
    server.fate = 'lost-after'
    expect(await work('mute')).toMatchObject({ state: 'unsure', goneAt: expect.any(Number) })
  })
})

describe('a call that cannot be controlled', () => {
  it('has ended meanwhile: nothing is sent', async () => {
    server.status = 'hangup'
    expect(await work('mute')).toMatchObject({
      state: 'skipped',
      text: 'The call has already ended.',
    })
    expect(server.asked).toEqual([])
  })

  it.each([
    [400, 'INVALID_ARGUMENT', 'failed'],
    [400, 'INVALID_JSON_BODY', 'failed'],
    [403, 'PERMISSION_DENIED', 'failed'],
    [409, 'STATE_INVALID', 'failed'],
  ] as const)('%i %s: keeps the reason and the request id', async (status, reason, state) => {
    server.refusal = json({ error: { reason, message: 'No.', request_id: 'req_7' } }, { status })
    const action = await work('mute')
    expect(action.state).toBe(state)
    expect(action.trace).toContain('req_7')
    expect(action.text).not.toBe('')
  })
})

describe('hold', () => {
  it('mutes first, then plays music, and remembers that it has muted', async () => {
    const action = await work('hold')
    expect(server.asked).toEqual(['POST mute in', 'POST moh'])
    expect(action).toMatchObject({ goneAt: expect.any(Number), input: { unmutes: true } })
  })

  it('leaves a mute that was there before', async () => {
    server.mute('in')
    expect(await work('hold')).toMatchObject({ input: { unmutes: false } })
    expect(server.asked).toEqual(['POST moh'])
    await work('unhold', { input: { unmutes: false } })
    expect(server).toMatchObject({ record: 'in', asked: ['POST moh', 'DELETE moh'] })
  })

  it('ends music and mute', async () => {
    await work('hold')
    await work('unhold', { input: { unmutes: true } })
    expect(server.asked.slice(2)).toEqual(['DELETE moh', 'DELETE mute in'])
    expect(server.record).toBe('')
  })

  it('remembers at a second try that the first one has muted', async () => {
    server.mute('in')
    expect(await work('hold', { input: { unmutes: true } })).toMatchObject({
      input: { unmutes: true },
    })
  })

  it('leaves at its end a mute that was set meanwhile', async () => {
    await work('hold')
    server.mute('both')
    const action = await work('unhold', { input: { unmutes: true } })
    expect(action.text).toBe('Another mute was set meanwhile, and stays.')
    expect(server.record).toBe('both')
  })

  it('is not confirmed when the answer is lost, for no record tells', async () => {
    server.mute('in')
    server.fate = 'lost-after'
    expect(await work('hold')).toMatchObject({ state: 'unsure', goneAt: null })
  })
})

describe('say', () => {
  const input = { text: 'Please mute yourself.', language: 'en-US' }

  it('sends the text once', async () => {
    expect(await work('say', { input })).toMatchObject({ state: 'accepted' })
    expect(server.asked).toEqual(['POST talk'])
  })

  it('is not confirmed, and not repeated, when the answer is lost', async () => {
    server.fate = 'lost-after'
    expect(await work('say', { input })).toMatchObject({ state: 'unsure', goneAt: null })
    expect(server.asked).toEqual(['POST talk'])
  })
})

type Step =
  | { readonly by: 'here'; readonly kind: 'mute' | 'unmute'; readonly fate: Fate }
  | {
      readonly by: 'elsewhere'
      readonly kind: 'mute' | 'unmute'
      readonly direction: MuteDirection
    }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    by: fc.constant('here' as const),
    kind: fc.constantFrom('mute' as const, 'unmute' as const),
    fate: fc.constantFrom<Fate[]>('answered', 'answered', 'lost-before', 'lost-after'),
  }),
  fc.record({
    by: fc.constant('elsewhere' as const),
    kind: fc.constantFrom('mute' as const, 'unmute' as const),
    direction: fc.constantFrom<MuteDirection[]>('in', 'out', 'both'),
  }),
)

const inForce = () => ({ record: server.record, ...server.audible })

const HEARD_NOT = { in: true }
const ALL_ENDED = { record: '', in: false, out: false }

describe('two operators who mute and unmute the same participant', () => {
  it('shows the record of the call, and what was confirmed last is what is heard', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        start()
        const claims: Array<readonly [found: object, claimed: object]> = []
        for (const one of steps) {
          if (one.by === 'elsewhere') server[one.kind](one.direction)
          else {
            server.fate = one.fate
            const action = await work(one.kind)
            server.fate = 'answered'
            const isConfirmed = action.goneAt !== null
            if (isConfirmed) claims.push([inForce(), one.kind === 'mute' ? HEARD_NOT : ALL_ENDED])
          }
          push()
          expect(shown()?.direction).toBe(server.record)
        }
        for (const [found, claimed] of claims) expect(found).toMatchObject(claimed)
      }),
      { numRuns: 150 },
    )
  })
})
