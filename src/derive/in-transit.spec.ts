import { expect, it } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import type { Participant } from '~/domain/participant.ts'
import { inTransit } from './in-transit.ts'

const SECOND = 1_000_000

function rosterOf(all: readonly Participant[]) {
  const of = (conferenceId: string) => all.filter((one) => one.conferenceId === conferenceId)
  return {
    conferences: () => new Set(all.flatMap(({ conferenceId }) => conferenceId ?? [])),
    countsOf: (id: string) => ({
      byStatus: new Map(
        of(id).map(({ status }) => [status, of(id).filter((one) => one.status === status).length]),
      ),
    }),
    liveIn: (id: string) => of(id).flatMap((one) => (one.status === 'leaved' ? [] : one.id)),
    get: (id: string) => {
      const participant = all.find((one) => one.id === id)
      return participant && { participant }
    },
  }
}

it('finds participants that are joining or leaving in any conference, those for longest first', () => {
  const some = [
    ['a', 'joined', 1],
    ['a', 'leaving', 30],
    ['a', 'leaved', 40],
    ['b', 'joining', 50],
    ['b', 'leaving', 20],
    ['c', 'joined', 60],
  ] as const
  const all = some.map(([conferenceId, status, seconds]) =>
    participantOf({
      id: `${conferenceId} ${status}`,
      conferenceId,
      status,
      updatedAt: THEN - seconds * SECOND,
    }),
  )
  const found = inTransit(rosterOf(all)).map(({ id }) => id)
  expect(found).toEqual(['b joining', 'a leaving', 'b leaving'])
  expect(inTransit(rosterOf([]))).toEqual([])
})
