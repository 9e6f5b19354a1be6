import { describe, expect, it } from 'vitest'
import { ASKED_AT } from '~/testing/action.fixture.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { connectedTo } from './conference-end.ts'
import type { Participant } from './participant.ts'
import { fromMillis } from './time.ts'

const after = (length: number) => fromMillis(ASKED_AT + length)
const ending = conferenceOf({ status: 'terminating', deletedAt: after(150) })
const personOf = (id: string, status: string, changed = after(-60_000)): Participant =>
  participantOf({ id, status, updatedAt: changed })

describe('connectedTo', () => {
  it.each<[string, Participant, readonly string[], boolean]>([
    ['joined', personOf('a', 'joined'), [], true],
    ['joining', personOf('a', 'joining'), [], true],
    ['an unknown status', personOf('a', 'held'), [], true],
    ['leaved, still listed', personOf('a', 'leaved'), ['a'], false],
    ['leaving since just now', personOf('a', 'leaving', after(0)), [], true],
    ['leaving for minutes, listed', personOf('a', 'leaving', after(-120_000)), ['a'], true],
    ['leaving for minutes, not listed', personOf('a', 'leaving', after(-120_000)), [], false],
  ])('%s', (_name, one, participantIds, isConnected) => {
    const found = connectedTo({ ...ending, participantIds }, [one], ASKED_AT)
    expect(found).toHaveLength(isConnected ? 1 : 0)
  })
})
