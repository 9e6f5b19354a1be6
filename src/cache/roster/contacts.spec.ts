import { environmentManager, QueryObserver, type QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Caller } from '~/domain/call.ts'
import { unpacedClient } from '~/testing/client.fixture.ts'
import { json, stubFetch, type Sent } from '~/testing/fetch.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { providePace } from '~/cache/queries/pace.ts'
import { begin } from '~/wire/session.ts'
import { callersOf } from './caller-store.ts'
import { contactsQuery } from './contacts.ts'

const HOUR = 3600_000

const ANN = '+15551230001'
const BEN = '+15551230002'

let client: QueryClient
let sent: readonly Sent[]
let answer: (number: string) => Response | Promise<Response>
let draw: (calls: readonly string[]) => void
const stops: (() => void)[] = []

const contact = (name: string) => json({ id: name || 'x', display_name: name })

const refusal = (status: number, reason: string) =>
  json({ error: { status: 'X', reason, message: 'No.' } }, { status })

const noContact = () => refusal(404, 'CONTACT_NOT_FOUND')

beforeEach(() => {
  vi.useFakeTimers()
  environmentManager.setIsServer(() => false)
  client = unpacedClient()
  answer = (number) => contact(`Contact of ${number}`)
  sent = stubFetch(({ url }) => answer(url.searchParams.get('phone') ?? ''))
  begin(sessionOf())
  draw = partOf('table', true)
})

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  client.clear()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const numbers = (): readonly (string | null)[] =>
  sent.map(({ url }) => url.searchParams.get('phone'))

/** Makes callers known by the ids of their calls: without a name by a number, or as they are. */
const know = (callers: Readonly<Record<string, string | Caller>>): void =>
  callersOf(client).apply(
    Object.entries(callers).map(([id, caller]) => [
      id,
      typeof caller === 'string' ? { name: '', number: caller } : caller,
    ]),
  )

const contactOf = (id: string): string | undefined => {
  const fact = callersOf(client).get(id)
  return fact === 'gone' ? undefined : fact?.contact
}

/** A part of the page that draws the callers of these calls, and others when it is told to. */
function partOf(place: 'table' | 'panel', leads: boolean): (calls: readonly string[]) => void {
  let observer: QueryObserver<true, Error, true, true, string[]> | undefined
  return (calls) => {
    const query = contactsQuery(client, { place, calls }, leads)
    if (observer) return observer.setOptions(query)
    observer = new QueryObserver(client, query)
    stops.push(observer.subscribe(() => {}))
  }
}

const pass = (time: number) => vi.advanceTimersByTimeAsync(time)

describe('the contacts of drawn callers', () => {
  it('are asked for once a number, and applied to all its calls', async () => {
    know({ a: ANN, b: BEN, again: ANN })
    draw(['a', 'b', 'again'])
    await pass(HOUR / 2)
    expect(numbers()).toEqual([ANN, BEN])
    expect(['a', 'b', 'again'].map(contactOf)).toEqual([
      `Contact of ${ANN}`,
      `Contact of ${BEN}`,
      `Contact of ${ANN}`,
    ])
  })

  it('are not asked for when the call has a name, or no number that can be looked up', async () => {
    know({
      named: { name: 'Ann', number: ANN },
      known: { name: '', number: BEN, contact: 'Ben' },
      short: '+123456',
      long: '+1234567890123456',
      local: '5551230001',
      sip: 'ann@sip.example.com',
      hidden: 'anonymous',
      spaced: '+1 555 1230001',
      none: '',
    })
    callersOf(client).apply([['gone', 'gone']])
    draw([...callersOf(client).entries()].map(([id]) => id).concat('unread'))
    await pass(HOUR)
    expect(numbers()).toEqual([])
  })

  it('are those of what is drawn and of nothing else', async () => {
    know({ a: ANN, b: BEN })
    draw(['b'])
    await pass(1000)
    expect(numbers()).toEqual([BEN])
    expect(contactOf('a')).toBeUndefined()
  })

  it('are used for further calls of the number', async () => {
    know({ a: ANN })
    draw(['a'])
    await pass(1000)
    know({ later: ANN })
    draw(['later'])
    await pass(1000)
    expect(contactOf('later')).toBe(`Contact of ${ANN}`)
    expect(numbers()).toEqual([ANN])
  })

  it('are asked for by one part of the page only, when two draw the same caller', async () => {
    know({ a: ANN })
    draw(['a'])
    partOf('panel', true)(['a'])
    await pass(1000)
    expect(numbers()).toEqual([ANN])
  })

  it('are no longer asked for, but for a few, once other rows are drawn', async () => {
    answer = async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 1000)
      })
      return noContact()
    }
    const calls = Array.from({ length: 30 }, (_, at) => `call ${at}`)
    for (const [at, id] of calls.entries()) know({ [id]: `+155512301${at + 10}` })
    know({ later: ANN })
    draw(calls)
    await pass(500)
    draw(['later'])
    await pass(10_000)
    expect(numbers()).toHaveLength(6)
    expect(numbers().at(-1)).toBe(ANN)
  })

  it('that do not exist are asked for again after an hour, while they are drawn', async () => {
    answer = noContact
    know({ a: ANN, b: BEN })
    draw(['a', 'b'])
    await pass(HOUR - 1000)
    expect(numbers()).toEqual([ANN, BEN])
    expect(contactOf('a')).toBe('')
    draw(['b'])
    answer = () => contact('Ben')
    await pass(2000)
    expect(numbers()).toEqual([ANN, BEN, BEN])
    expect(contactOf('b')).toBe('Ben')
  })

  it('that have no name count as none', async () => {
    answer = () => contact('')
    know({ a: ANN })
    draw(['a'])
    await pass(HOUR / 2)
    expect(contactOf('a')).toBe('')
    expect(numbers()).toEqual([ANN])
  })

  it('that another tab found none for are not asked for here', async () => {
    know({ a: { name: '', number: ANN, contact: '' } })
    draw(['a'])
    await pass(HOUR / 2)
    expect(numbers()).toEqual([])
    await pass(HOUR)
    expect(numbers()).toEqual([ANN])
  })

  it('are asked for later by a tab that follows, which may be told of them first', async () => {
    know({ a: ANN, b: BEN })
    partOf('table', false)(['a', 'b'])
    await pass(900)
    expect(numbers()).toEqual([])
    know({ a: { name: '', number: ANN, contact: 'Ann' } })
    await pass(3000)
    expect(numbers()).toEqual([BEN])
  })

  it('are asked for anew when another account signs in', async () => {
    answer = () => refusal(403, 'PERMISSION_DENIED')
    know({ a: ANN })
    draw(['a'])
    await pass(HOUR)
    begin(sessionOf({ username: 'other' }))
    draw(['a'])
    await pass(HOUR)
    expect(numbers()).toEqual([ANN, ANN])
  })

  it('wait for their turn in the lane of callers', async () => {
    const lanes: string[] = []
    const gate: { open?: () => void } = {}
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve
    })
    providePace(client, {
      acquireSlot: (_signal, lane) => {
        lanes.push(lane)
        return opened
      },
    })
    know({ a: ANN })
    draw(['a'])
    await pass(1000)
    expect([numbers(), lanes]).toEqual([[], ['callers']])
    gate.open?.()
    await pass(1000)
    expect(numbers()).toEqual([ANN])
  })
})

describe('a look-up that fails', () => {
  it.each([
    [403, 'PERMISSION_DENIED'],
    [404, 'ROUTE_NOT_FOUND'],
  ])('with %i %s is the last one of the session', async (status, reason) => {
    answer = () => refusal(status, reason)
    know({ a: ANN, b: BEN })
    draw(['a', 'b'])
    await pass(25 * HOUR)
    expect(numbers()).toEqual([ANN])
    expect(contactOf('a')).toBeUndefined()
  })

  it('with 500 delays no other number, and is repeated by the schedule', async () => {
    answer = (number) => (number === ANN ? refusal(500, 'INTERNAL') : contact('Ben'))
    know({ a: ANN, b: BEN })
    draw(['a', 'b'])
    await pass(500)
    expect(numbers()).toEqual([ANN, BEN])
    expect([contactOf('a'), contactOf('b')]).toEqual([undefined, 'Ben'])
    // After 1, 2, 4, 8, 16 and 30 s, each a quarter more or less.
    await pass(60_000)
    const asked = numbers().filter((number) => number === ANN).length
    expect(asked).toBeGreaterThan(4)
    expect(asked).toBeLessThan(9)
    answer = () => contact('Ann')
    await pass(40_000)
    expect(contactOf('a')).toBe('Ann')
  })

  it('because there is no network holds up all others', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'))
    know({ a: ANN, b: BEN })
    draw(['a', 'b'])
    await pass(500)
    expect(numbers()).toEqual([ANN])
  })
})
