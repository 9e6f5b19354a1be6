import { describe, expect, it } from 'vitest'
import type { CallerFact } from '~/domain/call.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { earlierJoins } from './earlier-joins.ts'

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

  it('are those of the same call and of the same number, newest first', () => {
    const all = [join('a', 'call-1', 10), join('b', 'call-2', 20), join('c', 'call-3', 30), now]
    expect(earlierJoins(now, '+1555', all, callers).map(({ id }) => id)).toEqual(['b', 'a'])
  })

  it('leave out later joins and callers that are not known', () => {
    const all = [join('later', 'call-2', 200), join('gone', 'call-4', 10), join('x', 'call-9', 10)]
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
