import { describe, expect, it } from 'vitest'
import { groupedLines, plainLines } from './lines.ts'

const byName = (a: string, b: string): number => a.localeCompare(b)

describe('lines', () => {
  it('of a flat table are its rows', () => {
    const lines = plainLines(['a', 'b', 'c'])
    expect(lines).toHaveLength(3)
    expect(lines.slice(1, 3)).toEqual([
      { kind: 'row', id: 'b' },
      { kind: 'row', id: 'c' },
    ])
  })

  it('of a grouped table are headings with their rows, which stay in their order', () => {
    const ids = ['x1', 'y1', 'x2', 'z1', 'y2']
    const lines = groupedLines(
      ids,
      (id) => id.slice(0, 1),
      (a, b) => byName(b, a),
    )
    expect(lines).toHaveLength(8)
    const texts = lines
      .slice(0, 8)
      .map((line) => (line.kind === 'row' ? line.id : `${line.group} ${line.count}`))
    expect(texts).toEqual(['z 1', 'z1', 'y 2', 'y1', 'y2', 'x 2', 'x1', 'x2'])
    expect(lines.slice(3, 5)).toEqual([
      { kind: 'row', id: 'y1' },
      { kind: 'row', id: 'y2' },
    ])
  })

  it('of no rows are none', () => {
    expect(groupedLines([], () => '', byName)).toHaveLength(0)
  })
})
