import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activityOf } from '~/cache/activity/activity.ts'
import type { Action } from '~/domain/action.ts'
import { leaveDesk, openDesk, type Desk } from '~/testing/ledger.fixture.ts'
import type { Mood } from '~/testing/removal-server.fixture.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

const mutations = () => desk.client.getMutationCache().findAll({ mutationKey: ['action'] })

/** Each state of the only action, with whether it was noted as sent, and of its mutation at that moment. */
function watchStates(): readonly (readonly [Action['state'], boolean, string | undefined])[] {
  const seen: (readonly [Action['state'], boolean, string | undefined])[] = []
  activityOf(desk.client).subscribe(({ actions }) => {
    for (const { state, sentAt } of actions)
      seen.push([state, sentAt !== null, mutations()[0]?.state.status])
  })
  return seen
}

describe('the request of an action', () => {
  it('is a mutation of the client, with the action as its variables', async () => {
    const rows = desk.join(1)
    desk.submit(rows)
    await desk.pass(0)
    const [mutation] = mutations()
    expect(mutations()).toHaveLength(1)
    expect(mutation?.options.mutationKey).toEqual(['action', 'remove'])
    expect(mutation?.state.variables).toMatchObject({ target: { id: rows[0]?.id } })
    expect(mutation?.state).toMatchObject({ status: 'success', data: { state: 'accepted' } })
  })

  it('shows as sent from the beginning of the mutation until its answer', async () => {
    const seen = watchStates()
    desk.submit(desk.join(1))
    await desk.pass(0)
    expect(seen).toEqual([
      ['waiting', false, undefined],
      // The record is checked again before there is a mutation.
      ['sending', false, undefined],
      ['sending', true, 'pending'],
      ['accepted', true, 'pending'],
    ])
  })

  it.each<[Mood, readonly (readonly [Action['state'], boolean])[]]>([
    [
      'busy',
      [
        ['sending', true],
        ['waiting', false],
      ],
    ],
    [
      'unreachable',
      [
        ['sending', true],
        ['sending', true],
        ['unsure', true],
      ],
    ],
  ])('is withdrawn, or its record is read, when it fails: %s', async (mood, states) => {
    desk.mood = mood
    const seen = watchStates()
    desk.submit(desk.join(2))
    await desk.pass(1500)
    const sent = seen.findIndex(([state, isSent]) => state === 'sending' && isSent)
    expect(
      seen.slice(sent, sent + states.length).map(([state, isSent]) => [state, isSent]),
    ).toEqual(states)
    expect(mutations()[0]?.state.status).toBe('error')
  })

  it('is not made when the action is withdrawn at the last moment', async () => {
    const batch = desk.submit(desk.join(2))
    const stop = desk.client.getMutationCache().subscribe(({ type }) => {
      if (type !== 'added') return
      stop()
      desk.acts.withdraw(batch)
    })
    await desk.pass(10_000)
    expect(desk.deletes).toEqual([])
    expect(desk.actions.map(({ state, sentAt }) => [state, sentAt])).toEqual([
      ['withdrawn', null],
      ['withdrawn', null],
    ])
  })

  it('is never paused by the library: what waits for the network waits in the ledger', async () => {
    desk.submit(desk.join(3))
    await desk.pass(1000)
    onlineManager.setOnline(false)
    await desk.pass(5000)
    expect(mutations().filter(({ state }) => state.isPaused)).toEqual([])
    onlineManager.setOnline(true)
    await desk.pass(10_000)
    expect(desk.deletes).toHaveLength(3)
  })

  it('leaves the cache soon after its answer', async () => {
    desk.submit(desk.join(10))
    await desk.pass(10_000)
    expect(desk.deletes).toHaveLength(10)
    await desk.pass(11_000)
    expect(mutations()).toEqual([])
  })
})
