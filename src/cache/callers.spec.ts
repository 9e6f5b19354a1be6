import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import fixture from '~/wire/fixtures/call.json'
import { readCall } from '~/wire/calls.ts'
import { takeCalls, type Callers } from './callers.ts'
import { keys } from './keys.ts'

describe('takeCalls', () => {
  it('learns the caller once, and keeps the map while there is nothing to learn', () => {
    const client = new QueryClient()
    const callers = () => client.getQueryData<Callers>(keys.callers)
    const call = readCall(fixture)
    if (!call) throw new Error('the fixture is a call')
    takeCalls(client, [call])
    expect(callers()).toEqual(new Map([[fixture.id, { name: 'Ann', number: '+15551230001' }]]))
    const before = callers()
    takeCalls(client, [{ ...call, status: 'hangup' }])
    expect(callers()).toBe(before)
  })
})
