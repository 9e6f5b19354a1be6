import { createStore, entries, setMany } from 'idb-keyval'
import { describe, expect, it, vi } from 'vitest'
import { accountOf } from '~/domain/session.ts'
import { actionOf, batchOf } from '~/testing/action.fixture.ts'
import {
  DAY,
  done,
  idsIn,
  keepBrowsers,
  KIM,
  note,
  SAM,
  stored,
  tabOf,
} from '~/testing/activity.fixture.ts'
import { settled } from '~/testing/channel.fixture.ts'
import { openChannel } from '~/util/channel.ts'
import { settledOf } from './activity-store.ts'
import { applyActivity, clearActivity, currentActivity } from './activity.ts'

keepBrowsers()

describe('the activity that is kept', () => {
  it('is that of the account alone, in the database and between tabs', async () => {
    const [sam, kim] = [tabOf(SAM), tabOf(KIM)]
    await Promise.all([sam.activity.ready, kim.activity.ready])
    note(sam.client, SAM)
    await stored()
    await settled()
    const [samAgain, kimAgain] = [tabOf(SAM), tabOf(KIM)]
    await Promise.all([samAgain.activity.ready, kimAgain.activity.ready])
    expect(idsIn(samAgain.client, SAM)).toEqual(['action'])
    expect(idsIn(kimAgain.client, KIM)).toEqual([])
    expect(idsIn(kim.client, KIM)).toEqual([])
  })

  it('is not forgotten when signing out empties the cache', async () => {
    const { client, activity } = tabOf(SAM)
    await activity.ready
    note(client, SAM)
    await stored()
    clearActivity(client)
    applyActivity(client, { isKept: true }, accountOf(SAM))
    await stored()
    const again = tabOf(SAM)
    await again.activity.ready
    expect(idsIn(again.client, SAM)).toEqual(['action'])
  })

  it('is gone from the database once it is cleared', async () => {
    const { client, activity } = tabOf(SAM)
    await activity.ready
    note(client, SAM)
    const forgotten = settledOf(currentActivity(client, accountOf(SAM)))
    applyActivity(client, { forgotten }, accountOf(SAM))
    activity.stop()
    await stored()
    const again = tabOf(SAM)
    await again.activity.ready
    expect(idsIn(again.client, SAM)).toEqual([])
  })
})

const storeOfAll = () => createStore('rollcall activity by account of c', 'entries')
const keysOfAll = async () => {
  const all = await entries<IDBValidKey, unknown>(storeOfAll())
  return all.map(([key]) => key)
}

describe('what is older than 90 days', () => {
  it('is deleted when any account of the customer is back', async () => {
    const [old, now] = [Date.now() - 91 * DAY, Date.now()]
    const account = 'never back'
    await setMany(
      [
        done({ id: 'old action', batch: 'old batch', requestedAt: old }),
        batchOf({ id: 'old batch', account, startsAt: old, touchedAt: old }),
        done({ id: 'new action', batch: 'new batch', requestedAt: now }),
        batchOf({ id: 'new batch', account, startsAt: now, touchedAt: now }),
        { ...done({ id: 'of another build', requestedAt: old }), kind: 'unknown' },
      ].map((one) => [[account, one.id], one]),
      storeOfAll(),
    )
    await tabOf(SAM).activity.ready
    expect(await keysOfAll()).toEqual([
      [account, 'new action'],
      [account, 'new batch'],
    ])
  })
})

/** An entry as builds of 26 November 2026 wrote it, into the database and between tabs. */
const WRITTEN: readonly object[] = [
  {
    id: 'b1 00000',
    batch: 'b1',
    kind: 'remove',
    target: {
      id: 'b8aa51f6-5cc1-40ba-9737-45ca24dab153',
      label: 'Ann',
      number: '+15551230001',
      conferenceId: '99accfb7-c0dd-4a54-997d-dd18af7bc280',
      conferenceLabel: 'Standup',
      callId: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
      status: 'joined',
    },
    by: 'Sam',
    reason: 'Shouted',
    state: 'accepted',
    requestedAt: Date.now() - 5000,
    sentAt: Date.now() - 4900,
    answeredAt: Date.now() - 4800,
    leavingAt: (Date.now() - 4850) * 1000,
    lookedAt: null,
    goneAt: Date.now() - 3000,
    text: '',
    trace: '',
    revision: 5,
  },
  {
    id: 'b1',
    account: accountOf(SAM),
    startsAt: Date.now() - 5000,
    paused: null,
    tab: '0123456789abcdef0123456789abcdef',
    isDismissed: false,
    touchedAt: Date.now() - 4800,
    revision: 1,
  },
]

const keyOf = (one: object) => [accountOf(SAM), Reflect.get(one, 'id')]

describe('activity of builds of 26 November 2026', () => {
  it('is read from the database, all of it', async () => {
    await setMany(
      WRITTEN.map((one) => [keyOf(one), one]),
      storeOfAll(),
    )
    const { client, activity } = tabOf(SAM)
    await activity.ready
    const { actions, batches } = currentActivity(client, accountOf(SAM))
    expect([...actions.values(), ...batches.values()]).toEqual(WRITTEN)
  })

  it('is heard from a tab of theirs, and told to it in their form', async () => {
    const { client, activity } = tabOf(SAM)
    await activity.ready
    const heard = vi.fn<(message: unknown) => void>()
    const theirs = openChannel(`rollcall.activity.${accountOf(SAM)}`, heard)
    theirs?.send(WRITTEN)
    await settled()
    expect(idsIn(client, SAM)).toEqual(['b1 00000'])
    applyActivity(client, { actions: [actionOf()], batches: [batchOf()] }, accountOf(SAM))
    await settled()
    expect(heard.mock.calls).toEqual([[[actionOf(), batchOf()]]])
    applyActivity(client, { forgotten: ['b1 00000'] }, accountOf(SAM))
    await settled()
    expect(heard).toHaveBeenLastCalledWith('cleared')
    theirs?.close()
  })
})
