import { describe, expect, it } from 'vitest'
import type { CallerFact } from '~/domain/call.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { earlierJoins, inOrder } from './earlier-joins.ts'

const callers = new Map<string, CallerFact>([
  ['call-1', { name: 'Ann', number: '+1555' }],
  ['call-2', { name: 'Ann', number: '+1555' }],
  ['call-3', { name: 'Bob', number: '+1666' }],
  ['call-4', 'gone'],
])

const join = (id: string, referenceId: string, createdAt: number) =>
  participantOf({ id, referenceId, createdAt })

describe('earlier joins', () => {
  const now = join('now', 'call-2', 100)

  it('are those of other calls from the same number, newest first', () => {
    const all = [
      join('a', 'call-1', 10),
      join('b', 'call-2', 20),
      join('c', 'call-3', 30),
      join('d', 'call-1', 40),
      now,
    ]
    expect(earlierJoins(now, '+1555', all, callers).map(({ id }) => id)).toEqual(['d', 'a'])
    expect(earlierJoins(now, '', all, callers)).toEqual([])
  })

  it('leave out later joins and callers that are not known', () => {
    const all = [join('later', 'call-1', 200), join('gone', 'call-4', 10), join('x', 'call-9', 10)]
    expect(earlierJoins(now, '+1555', all, callers)).toEqual([])
  })

  it('are five at most', () => {
    const all = Array.from({ length: 9 }, (_, at) => join(String(at), 'call-1', at + 1))
    expect(earlierJoins(now, '+1555', all, callers).map(({ id }) => id)).toEqual([
      '8',
      '7',
      '6',
      '5',
      '4',
    ])
  })
})

describe('the joins of one call', () => {
  it('are in the order in which they were made, whenever they are told', () => {
    const all = [join('b', 'call-1', 20), join('d', 'call-1', 30), join('c', 'call-1', 30)]
    const ordered = inOrder([...all, join('a', 'call-1', 10)])
    expect(ordered.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  })
})
