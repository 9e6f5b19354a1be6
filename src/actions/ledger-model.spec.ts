import { onlineManager } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentActivity } from '~/cache/activity/activity.ts'
import { isPending } from '~/domain/action.ts'
import { KIM, leaveDesk, openDesk, SAM } from '~/testing/ledger.fixture.ts'
import { Shift, step, type Step } from '~/testing/shift.fixture.ts'

const { RUNS = '60', SEED = `${Date.now() % 2 ** 31}`, RUN_PATH } = process.env

/** Histories that have failed before. */
const EXAMPLES: [Step[], boolean][] = [
  // A batch that can be undone for three seconds is abandoned three seconds later than it is left.
  [[['submit', 0, 2, 3000], ['away', 'session', 62_000], ['close']], true],
]

/** So that no history is lost: shrinking one that fails may take longer than the spec may. */
const howToReplay = (run: number, steps: readonly Step[], hasLocks: boolean): string =>
  `Replay with SEED=${SEED} RUN_PATH=${RUN_PATH ?? run}: ${fc.stringify([steps, hasLocks])}`

function check({ desk, wanted, confirmed, abandoned }: Shift): void {
  for (const [n, id] of desk.deletes.entries())
    expect(confirmed, 'sent in the name of another').toContain(`${id} by ${desk.deletedBy[n]}`)
  for (const { batch, sentAt } of desk.actions) {
    const since = abandoned.get(batch) ?? Infinity
    expect(sentAt ?? 0, 'sent unasked after its batch was abandoned').toBeLessThan(since)
  }
  for (const key of desk.deletedFrom) {
    expect(wanted.get(key) ?? 0, `${key} was not confirmed`).toBeGreaterThan(0)
  }
  const idsOf = (some: typeof desk.actions) => some.map(({ target }) => target.id)
  const gone = idsOf(desk.actions.filter((action) => desk.stateOf(action) === 'gone'))
  const there = gone.filter((id) => desk.world.rows.get(id)?.status !== 'leaved')
  expect(there, 'shown gone').toEqual([])
  const accepted = idsOf(desk.actions.filter(({ state }) => state === 'accepted'))
  const unconfirmed = accepted.filter((id) => !desk.confirmed.has(id))
  expect(unconfirmed, 'shown accepted').toEqual([])
}

/** Ends all trouble, and resumes what waits for the operator. */
async function calmDown({ desk, abandoned }: Shift): Promise<void> {
  desk.mood = 'works'
  onlineManager.setOnline(true)
  desk.signIn()
  await desk.pass(1000)
  for (const [id, { paused }] of currentActivity(desk.client).batches)
    if (paused) desk.acts.resume(id)
  abandoned.clear()
  await desk.pass(120_000)
}

/** Lives through a history, and checks after each step and at the end that nothing false was sent or shown. */
async function live(steps: readonly Step[], hasLocks: boolean): Promise<void> {
  const desk = openDesk({ hasLocks })
  try {
    await desk.open()
    const shift = new Shift(desk)
    await shift.take(['join', 4])
    for (const one of steps) {
      await shift.take(one)
      check(shift)
    }
    for (const session of [desk.who, desk.who === SAM ? KIM : SAM]) {
      if (session !== desk.who) await desk.changeTo(session)
      await calmDown(shift)
      check(shift)
      expect(desk.actions.filter(isPending)).toEqual([])
    }
  } finally {
    leaveDesk(desk)
  }
}

/** A long run takes as long as it takes. Milliseconds. */
const TIMEOUT = Number(RUNS) > 60 ? 24 * 3600_000 : 120_000

describe('the ledger, whatever interrupts it', { timeout: TIMEOUT }, () => {
  it('removes only what was confirmed, in the name of its account and soon, shows as gone only what is gone, and comes to an end', async () => {
    let runs = 0
    let hasFailed = false
    const result = await fc.check(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, hasLocks) => {
        try {
          await live(steps, hasLocks)
          runs++
        } catch (error) {
          if (!hasFailed) console.error(howToReplay(runs, steps, hasLocks))
          hasFailed = true
          throw error
        }
      }),
      {
        examples: EXAMPLES,
        numRuns: Number(RUNS),
        seed: Number(SEED),
        ...(RUN_PATH !== undefined && { path: RUN_PATH }),
      },
    )
    expect(fc.defaultReportMessage(result)).toBeUndefined()
  })
})
