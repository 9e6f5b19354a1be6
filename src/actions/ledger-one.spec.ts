import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyActivity, currentActivity } from '~/cache/activity/activity.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import type { Action } from '~/domain/action.ts'
import { fromMillis } from '~/domain/time.ts'
import { leaveDesk, LIMIT, openDesk, type Desk } from '~/testing/ledger.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import type { Mood } from '~/testing/removal-server.fixture.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

describe('a removal of one', () => {
  it('is sent at once, is leaving, and gone once the record says so', async () => {
    const rows = desk.join(1)
    desk.submit(rows)
    await desk.pass(0)
    expect(desk.deletes).toEqual([rows[0]?.id])
    expect(desk.states).toEqual(['leaving'])
    await desk.pass(2000)
    expect(desk.states).toEqual(['gone'])
    expect(desk.only.goneAt).toBeGreaterThan(desk.only.requestedAt)
  })

  it.each<[Mood, Action['state'], RegExp]>([
    ['refused', 'unsure', /refused/],
    ['timed out', 'unsure', /timed out/],
    ['lost', 'unsure', /cannot be reached/],
    ['other', 'unsure', /cannot be read/],
    ['broken', 'failed', /The platform failed\. The record still said joined afterwards\./],
    ['busy', 'failed', /Too many requests\. The record still said joined afterwards\./],
    ['unreachable', 'unsure', /cannot be reached\. The record still said joined afterwards\./],
  ])('that is %s: %s, in the server’s words', async (mood, state, text) => {
    desk.mood = mood
    desk.submit(desk.join(1))
    await desk.pass(0)
    expect(desk.only).toMatchObject({ state, text: expect.stringMatching(text) })
    expect(desk.deletes).toHaveLength(1)
  })

  it.each<Mood>(['silent', 'refused', 'timed out'])(
    'that is %s is still connected past the limit, once its record was read',
    async (mood) => {
      desk.mood = mood
      desk.submit(desk.join(1))
      await desk.pass(LIMIT - 1000)
      expect(desk.states).toEqual(['leaving'])
      await desk.pass(2000)
      expect(desk.states).toEqual(['still-connected'])
      expect(desk.deletes).toHaveLength(1)
    },
  )

  it('that is carried out after our timeout is not confirmed, then leaving, then gone', async () => {
    desk.mood = 'late'
    desk.submit(desk.join(1))
    await desk.pass(0)
    expect(desk.states).toEqual(['unconfirmed'])
    await desk.pass(12_000)
    expect(desk.states).toEqual(['gone'])
    expect(desk.only.state).toBe('unsure')
    expect(desk.only.goneAt).toBeGreaterThan(desk.only.requestedAt + 5000)
    expect(desk.deletes).toHaveLength(1)
  })

  it.each(['leaving', 'leaved'])(
    'that was refused is not confirmed once it is %s',
    async (status) => {
      desk.mood = 'broken'
      const [row] = desk.join(1)
      if (!row) throw new Error('one has joined')
      desk.submit([row])
      await desk.pass(0)
      expect(desk.states).toEqual(['failed'])
      const updatedAt = fromMillis(Date.now() + 3000)
      rosterOf(desk.client).apply({ facts: [participantOf({ id: row.id, status, updatedAt })] })
      await desk.pass(0)
      expect(desk.only).toMatchObject({
        state: 'unsure',
        text: expect.stringContaining('afterwards'),
      })
      expect(desk.states).toEqual([status === 'leaved' ? 'gone' : 'leaving'])
    },
  )

  it('that was refused stays so when the participant leaves by itself much later', async () => {
    desk.mood = 'broken'
    const [row] = desk.join(1)
    if (!row) throw new Error('one has joined')
    desk.submit([row])
    await desk.pass(0)
    const updatedAt = fromMillis(Date.now() + 300_000)
    rosterOf(desk.client).apply({
      facts: [participantOf({ id: row.id, status: 'leaved', updatedAt })],
    })
    await desk.pass(0)
    expect(desk.only).toMatchObject({ state: 'failed', goneAt: null })
  })

  it('is still connected as soon as the participant is back from leaving', async () => {
    desk.mood = 'returns'
    desk.submit(desk.join(1))
    await desk.pass(5000)
    expect(desk.states).toEqual(['still-connected'])
  })

  it('is not sent when the participant has left, moved or is being removed already, and says so', async () => {
    const [left, moved, leaving] = desk.join(3)
    for (const row of [left, moved, leaving]) if (row) desk.submit([row])
    if (left) desk.world.change(left, 'leaved')
    if (moved) Object.assign(moved, { conferenceId: 'elsewhere' })
    if (leaving) desk.world.change(leaving, 'leaving')
    await desk.pass(5000)
    expect(desk.deletes).toEqual([])
    expect(desk.actions.map(({ state }) => state)).toEqual(['skipped', 'changed', 'skipped'])
  })

  it('is not sent later when it was confirmed offline', async () => {
    onlineManager.setOnline(false)
    desk.submit(desk.join(1))
    await desk.pass(1000)
    onlineManager.setOnline(true)
    await desk.pass(60_000)
    expect(desk.deletes).toEqual([])
    expect(desk.only).toMatchObject({ state: 'failed', text: expect.stringContaining('offline') })
  })
})

describe('a removal confirmed offline before the ledger is loaded', () => {
  it('is not sent later', async () => {
    onlineManager.setOnline(false)
    desk.close()
    const rows = desk.join(1)
    desk.submit(rows)
    expect(desk.only).toMatchObject({ state: 'failed', text: expect.stringContaining('offline') })
    const left = currentActivity(desk.client)
    onlineManager.setOnline(true)
    await desk.open()
    applyActivity(desk.client, {
      actions: [...left.actions.values()],
      batches: [...left.batches.values()],
    })
    await desk.pass(5000)
    expect(desk.deletes).toEqual([])
  })
})
