import { describe, expect, it } from 'vitest'
import { parseRecent, searchCommands, withRecent } from './command-search.ts'

const commands = [
  { id: 'a', group: 'Go to', title: 'Activity' },
  { id: 'b', group: 'Conferences', title: 'Café Sales' },
  { id: 'c', group: 'Go to', title: 'Conferences' },
  { id: 'd', group: 'This view', title: 'Export as CSV' },
]

const found = (text: string, recent: readonly string[] = []) =>
  searchCommands(commands, text, recent)
    .map(({ id }) => id)
    .join('')

describe('searchCommands', () => {
  it.each([
    ['', 'abcd'],
    ['cafe', 'b'],
    ['conf', 'cb'],
    ['sales conf', 'b'],
    ['csv exp', 'd'],
    ['nothing', ''],
    ['   ', 'abcd'],
  ])('finds by %j %s', (text, ids) => {
    expect(found(text)).toBe(ids)
  })

  it('lists those used last first', () => {
    expect(found('', ['d', 'b'])).toBe('dbac')
    expect(found('conf', ['b'])).toBe('cb')
  })
})

describe('what was used last', () => {
  it('is remembered once, the latest first, up to a limit', () => {
    expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a'])
    const many = Array.from({ length: 30 }, (_, at) => `c${at}`)
    expect(withRecent(many, 'x')).toHaveLength(20)
  })

  it.each([null, 'x', { a: 1 }])('is nothing when %j is stored', (stored) => {
    expect(parseRecent(stored)).toEqual([])
  })
})
