import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import fixture from '~/wire/fixtures/call.json'
import hangup from '~/wire/fixtures/call-hangup.json'
import { parseCall } from '~/wire/calls.ts'
import { takeCalls, type Callers } from './callers.ts'
import { keys } from '~/cache/queries/keys.ts'
import { takeFacts } from './roster.ts'

describe('takeCalls', () => {
  it('learns the caller once, and keeps the map while there is nothing to learn', () => {
    const client = new QueryClient()
    const callers = () => client.getQueryData<Callers>(keys.callers)
    const call = parseCall(fixture)
    if (!call) throw new Error('the fixture is a call')
    takeCalls(client, [call])
    expect(callers()).toEqual(new Map([[fixture.id, { name: 'Ann', number: '+15551230001' }]]))
    const before = callers()
    takeCalls(client, [{ ...call, status: 'terminating' }])
    expect(callers()).toBe(before)
  })

  it('learns that a known call has ended, once', () => {
    const client = new QueryClient()
    const callers = () => client.getQueryData<Callers>(keys.callers)
    const [call, ended] = [parseCall(fixture), parseCall(hangup)]
    if (!call || !ended) throw new Error('the fixtures are calls')
    takeCalls(client, [call])
    takeCalls(client, [{ ...ended, id: call.id }])
    const end = { by: ended.hangupBy, reason: ended.hangupReason, at: ended.hangupAt }
    expect(callers()?.get(call.id)).toEqual({ name: 'Ann', number: '+15551230001', end })
    expect(end.by).not.toBe('')
    const before = callers()
    // A late word of a call that was going on does not bring it back, and no second end is another.
    takeCalls(client, [call, { ...ended, id: call.id, hangupReason: 'busy' }])
    expect(callers()).toBe(before)
  })

  it('forgets who called somewhere else, but not who is in a conference or may be soon', () => {
    const client = new QueryClient()
    const call = parseCall(fixture)
    if (!call) throw new Error('the fixture is a call')
    takeFacts(client, [participantOf({ id: 'ann', referenceId: 'call of ann' })])
    takeCalls(client, [{ ...call, id: 'call of ann' }])
    const sizes = Array.from({ length: 5000 }, (_, number) => {
      takeCalls(client, [{ ...call, id: `call ${number}` }])
      return client.getQueryData<Callers>(keys.callers)?.size ?? 0
    })
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1001)
    const known = client.getQueryData<Callers>(keys.callers)
    expect(known?.has('call of ann')).toBe(true)
    for (let number = 4501; number < 5000; number++) {
      expect(known?.has(`call ${number}`)).toBe(true)
    }
  })
})
