import { createStore, entries, setMany } from 'idb-keyval'
import { describe, expect, it } from 'vitest'
import type { Action } from '~/domain/action.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { actionOf, batchOf } from '~/testing/action.fixture.ts'
import { DAY, done, keepBrowsers, KIM, SAM, tabOf } from '~/testing/activity.fixture.ts'
import { currentActivity } from './activity.ts'

keepBrowsers()

const { account: _account, ...batch } = batchOf()
const old = () => createStore('rollcall activity of c', 'entries')
const write = (...actions: readonly Action[]) =>
  setMany(
    [...actions, batch].map((one) => [one.id, one]),
    old(),
  )
const readBy = async (session: Session) => {
  const { client, activity } = tabOf(session)
  await activity.ready
  return [...currentActivity(client, accountOf(session)).actions.values()]
}

describe('what builds without accounts have kept', () => {
  it('goes to the account of that name, once', async () => {
    await write(done({ id: 'of Sam', by: 'Sam' }), done({ id: 'of Kim', by: 'Kim' }))
    expect((await readBy(SAM)).map(({ id }) => id)).toEqual(['of Sam'])
    expect((await readBy(SAM)).map(({ id }) => id)).toEqual(['of Sam'])
    expect((await readBy(KIM)).map(({ id }) => id)).toEqual(['of Kim'])
    expect(await readBy({ ...SAM, username: 'another Sam' })).toEqual([])
  })

  it('is not given to an account that may not remove participants', async () => {
    await write(done({ by: 'Sam' }))
    expect(await readBy({ ...SAM, permission: 16 })).toEqual([])
    expect(await readBy(SAM)).toHaveLength(1)
  })

  it('is never sent: what was open has come to an end', async () => {
    const now = Date.now()
    await write(
      actionOf({ id: '1', requestedAt: now, state: 'waiting' }),
      actionOf({ id: '2', requestedAt: now, state: 'sending' }),
      actionOf({ id: '3', requestedAt: now, state: 'sending', sentAt: now }),
    )
    const states = (await readBy(SAM)).map(({ state }) => state)
    expect(states).toEqual(['withdrawn', 'withdrawn', 'unsure'])
  })

  it('expires after 90 days, whatever account it belongs to', async () => {
    await write(done({ id: 'old', by: 'Lea', requestedAt: Date.now() - 91 * DAY }))
    await readBy(SAM)
    expect((await entries<string, unknown>(old())).map(([id]) => id)).not.toContain('old')
  })

  it('makes no database where there was none', async () => {
    await readBy(SAM)
    const names = (await indexedDB.databases()).map(({ name }) => name)
    expect(names).not.toContain('rollcall activity of c')
  })
})
