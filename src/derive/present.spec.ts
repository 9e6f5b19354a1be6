import { describe, expect, it } from 'vitest'
import { presentParts, presentText } from './present.ts'

const partsOf = (byStatus: Readonly<Record<string, number>>) =>
  presentParts(new Map(Object.entries(byStatus)))

describe('those that are in', () => {
  it('are listed by status in the order of the platform, those that left not at all', () => {
    const parts = partsOf({ held: 1, leaved: 9, leaving: 3, joined: 14, joining: 2 })
    expect(parts.map(({ status }) => status)).toEqual(['joining', 'joined', 'leaving', 'held'])
    expect(presentText(parts, false)).toBe('2 joining, 14 joined, 3 leaving, 1 held')
    expect(presentText(parts, true)).toBe('at least 2 joining, 14 joined, 3 leaving, 1 held')
  })

  it('are said to be none only once that is known', () => {
    expect(presentText(partsOf({ leaved: 3, joined: 0 }), false)).toBe('nobody is in')
    expect(presentText(partsOf({ leaved: 3 }), true)).toBe('not known yet')
  })
})
