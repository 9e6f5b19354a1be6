import { describe, expect, it } from 'vitest'
import page from '~/wire/fixtures/conferencecalls-page.json'
import { cursorOf, recordTime, RecordList, tokenTime } from './list.fixture.ts'
import { World } from './server.fixture.ts'

const AT = Date.UTC(2026, 0, 15, 9, 30) * 1000

describe('the witness of the client', () => {
  it('answers as the platform does, key for key', () => {
    const world = new World()
    world.join({
      id: '1d3c7a52-95d4-4f0b-8a5e-3b1f6f0c9d27',
      activeflowId: '00000000-0000-0000-0000-000000000000',
      callId: '2b9f1c0d-6e8a-4c1b-b7f3-5d4e3c2b1a09',
      status: 'leaved',
      created: cursorOf('2026-01-15T09:12:41.000000Z'),
      updated: cursorOf('2026-01-15T09:28:13.070000Z'),
      raw: {},
    })
    world.join({
      id: 'b8aa51f6-5cc1-40ba-9737-45ca24dab153',
      activeflowId: '0a7a9f1c-2f0e-4a55-9a0e-6a1d3f1a2b3c',
      created: AT + 123_456,
      updated: AT + 4_500_000,
      raw: {},
    })
    expect(JSON.stringify(world.page(null))).toBe(JSON.stringify(page))
  })

  it.each([
    [AT, '2026-01-15T09:30:00.000000Z', '2026-01-15T09:30:00Z'],
    [AT + 1, '2026-01-15T09:30:00.000001Z', '2026-01-15T09:30:00.000001Z'],
    [AT + 10_100_000, '2026-01-15T09:30:10.100000Z', '2026-01-15T09:30:10.1Z'],
    [AT + 999_990, '2026-01-15T09:30:00.999990Z', '2026-01-15T09:30:00.99999Z'],
  ])('writes %i as a token and as the time of a record', (at, token, record) => {
    expect(tokenTime(at)).toBe(token)
    expect(cursorOf(token)).toBe(at)
    expect(recordTime(at)).toBe(record)
  })

  it('skips the rest of the microsecond that ends a page of a hundred', () => {
    const list = new RecordList<{ id: string; created: number }>()
    for (let n = 0; n < 250; n++) list.insert({ id: `${n}`, created: n < 120 ? n : 120 })
    const ids = (before: number | null) => list.page(before).map(({ id }) => Number(id))
    expect(ids(null)).toEqual(Array.from({ length: 100 }, (_, at) => 249 - at))
    expect(ids(120)).toEqual(Array.from({ length: 100 }, (_, at) => 119 - at))
    expect(ids(20)).toHaveLength(20)
    expect(ids(0)).toEqual([])
  })
})
