import { describe, expect, it } from 'vitest'
import { isSameRoom, limitInput, parseLimit, roomChanges, typedIn } from './room-text.ts'

const room = { name: 'Standup', detail: 'Daily', timeout: 3600 }

describe('what was changed', () => {
  it('is told field by field, as it was and as it is', () => {
    expect(roomChanges(room, room)).toEqual([])
    expect(roomChanges(room, { name: '', detail: 'x'.repeat(200), timeout: 90 })).toEqual([
      'The name was “Standup” and is empty now.',
      `The detail was “Daily” and is “${'x'.repeat(80)}…” now.`,
      'The time limit was 1 h 00 m and is 1 m 30 s now.',
    ])
  })

  it('is told also where two long details differ behind the cut', () => {
    const long = 'x'.repeat(100)
    const changes = roomChanges({ ...room, detail: long }, { ...room, detail: `${long}y` })
    expect(changes).toHaveLength(1)
  })

  it('is nothing where the platform made a day of less than a minute', () => {
    expect(isSameRoom({ ...room, timeout: 30 }, { ...room, timeout: 86_400 })).toBe(true)
    expect(isSameRoom({ ...room, timeout: 60 }, { ...room, timeout: 86_400 })).toBe(false)
  })
})

it('tells what was typed from what was left as it was', () => {
  expect(typedIn(room, room)).toEqual({})
  expect(typedIn(room, { ...room, detail: '' })).toEqual({ detail: '' })
  const all = { name: 'a', detail: 'b', timeout: 0 }
  expect(typedIn(room, all)).toEqual(all)
})

describe('a time limit', () => {
  it.each([
    ['', 0],
    ['0', 0],
    [' 60 ', 3600],
    ['1,5', 90],
    ['1', 60],
  ])('typed as %j is %i s', (text, seconds) => {
    expect(parseLimit(text)).toBe(seconds)
  })

  it.each([
    ['0.5', /a minute at least/],
    ['-5', /number of minutes/],
    ['soon', /number of minutes/],
    ['Infinity', /number of minutes/],
  ])('is refused as %j', (text, why) => {
    expect(parseLimit(text)).toEqual(expect.stringMatching(why))
  })

  it.each([0, 60, 90, 3600, 86_400])('of %i s is typed and read as the same', (seconds) => {
    expect(parseLimit(limitInput(seconds))).toBe(seconds)
  })
})
