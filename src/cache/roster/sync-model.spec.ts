import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { Machine, type How, type Step, type Work } from '~/testing/machine.fixture.ts'
import type { Row } from '~/testing/server.fixture.ts'
import { INTERVAL } from '~/testing/sync.fixture.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pick = fc.nat({ max: 1000 })
const few = fc.integer({ min: 1, max: 3 })
const many = fc.integer({ min: 40, max: 120 })
const status = (...all: readonly Row['status'][]) => fc.constantFrom(...all)
const how = fc.constantFrom<How[]>('well', 'well', 'well', 'well', 'badly', 'not at all')
const work = fc.constantFrom<Work[]>('tick', 'sweep', 'look')

/** A step with its weight: the name and its data. */
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })
const name = <const T extends Step[0]>(one: T) => fc.constant(one)

/**
 * Now and then so many rows arrive at once that page ends fall among them, and inside one
 * microsecond.
 */
const step: fc.Arbitrary<Step> = fc.oneof(
  often(4, fc.tuple(name('join'), few, fc.constantFrom(0, 1, 900), status('joining', 'joined'))),
  often(1, fc.tuple(name('join'), many, fc.constantFrom(0.1, 0.3, 1), status('leaved'))),
  often(6, fc.tuple(name('change'), pick, status('joined', 'leaving', 'leaved'))),
  often(1, fc.tuple(name('remove'), pick)),
  often(3, fc.tuple(name('pass'), fc.constantFrom(1, 1000, 3000, 60_000, 15 * 3600_000))),
  often(5, fc.tuple(name('start'), work)),
  often(2, fc.tuple(name('hear'), fc.constantFrom<Array<'news' | 'old news'>>('news', 'old news'))),
  often(12, fc.tuple(name('answer'), pick, how)),
  often(1, fc.tuple(name('retell'), pick)),
  often(2, fc.tuple(name('poll'))),
)

const script = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' })

/**
 * After this many polls all rows that can change are read again, and after this many long pauses
 * the stuck ones.
 */
const [SOON, LATE] = [60, 40]
const LONG = 20 * 60_000

describe('any sequence of steps', () => {
  it(
    'moves no status backwards, and ends with every row held as it is',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(script, async (happenings) => {
          vi.useFakeTimers({ now: toMillis(THEN), toFake: ['Date', 'performance'] })
          const machine = new Machine()
          for (const one of happenings) {
            await machine.take(one)
            expect(machine.wrong()).toEqual([])
          }
          // The first poll may have been under way, with the world as it was before.
          for (let polls = 0; polls < SOON + LATE; polls++) {
            if (polls > 1 && machine.untrue().length === 0) return
            vi.advanceTimersByTime(polls < SOON ? INTERVAL : LONG)
            await machine.poll()
            expect(machine.wrong()).toEqual([])
          }
          expect(machine.untrue()).toEqual([])
        }),
        { numRuns: 300 },
      )
    },
  )
})
