import { describe, expect, it } from 'vitest'
import { callOf } from '~/testing/call.fixture.ts'
import { canHangUp, canRemove, permits, reasonOf, type Verdict } from './capability.ts'
import { canControlRoom, canEnd, canRecord, canStopRecording } from './capability-room.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { recordingOf } from '~/testing/recording.fixture.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'

/** The bits of voipbin-api.md 2.4, alone and together, and what is sufficient. */
const WHO: ReadonlyArray<readonly [name: string, permission: number | null, isEnough: boolean]> = [
  ['an access key, or a token that does not tell', null, true],
  ['a superadmin', 1, true],
  ['all project bits', 15, true],
  ['an admin', 32, true],
  ['a manager', 64, true],
  ['an agent who is an admin too', 48, true],
  ['all customer bits', 240, true],
  ['all bits', 65_535, true],
  ['a plain agent', 16, false],
  ['no permission at all', 0, false],
  ['bits that mean nothing here', 0x0e | 0x80 | 0xff00, false],
]

type Ask = (permission: number | null) => Verdict

const remove =
  (wish: Parameters<typeof participantOf>[0] | null, isAsked = false): Ask =>
  (permission) =>
    canRemove(wish ? participantOf(wish) : undefined, { permission, isAsked })

const hangUp =
  (
    wish: Parameters<typeof participantOf>[0] | null,
    callStatus: string | null = null,
    isAsked = false,
  ): Ask =>
  (permission) =>
    canHangUp(
      wish ? participantOf(wish) : undefined,
      callStatus === null ? undefined : callOf({ status: callStatus }),
      { permission, isAsked },
    )

const end =
  (wish: Parameters<typeof conferenceOf>[0] | null, isAsked = false): Ask =>
  (permission) =>
    canEnd(wish ? conferenceOf(wish) : undefined, { permission, isAsked })

/** Every cell of the table: what is to be done, and the reason against it; null where it may be done. */
const CELLS: ReadonlyArray<readonly [name: string, ask: Ask, reason: RegExp | null]> = [
  ['remove: no record', remove(null), /nothing is known/i],
  ['remove: joining', remove({ status: 'joining' }), null],
  ['remove: joined', remove({ status: 'joined' }), null],
  ['remove: leaving', remove({ status: 'leaving' }), /already being disconnected/i],
  ['remove: leaved', remove({ status: 'leaved' }), /already left/i],
  ['remove: a status of tomorrow', remove({ status: 'held' }), /not one this version knows/],
  // An object's own words must not pass for a status.
  ['remove: constructor', remove({ status: 'constructor' }), /not one this version knows/],
  ['remove: a word of ours', remove({ status: '(asked)' }), /not one this version knows/],
  ['remove: leaved and deleted', remove({ status: 'leaved', deletedAt: THEN }), /already left/],
  ['remove: deleted', remove({ status: 'joined', deletedAt: THEN }), /record is deleted/],
  ['remove: asked', remove({ status: 'joined' }, true), /on its way/],
  ['remove: asked, and leaving', remove({ status: 'leaving' }, true), /on its way/],

  ['hang-up: no record', hangUp(null), /nothing is known/i],
  ['hang-up: joining', hangUp({ status: 'joining' }), null],
  ['hang-up: joined', hangUp({ status: 'joined' }), null],
  ['hang-up: leaving', hangUp({ status: 'leaving' }), null],
  ['hang-up: leaved', hangUp({ status: 'leaved' }), /already left/i],
  [
    'hang-up: leaved, the call goes on',
    hangUp({ status: 'leaved' }, 'progressing'),
    /already left/,
  ],
  ['hang-up: a status of tomorrow', hangUp({ status: 'held' }), /not one this version knows/],
  ['hang-up: deleted', hangUp({ deletedAt: THEN }), /record is deleted/],
  ['hang-up: asked', hangUp({ status: 'leaving' }, 'progressing', true), /on its way/],
  ['hang-up: no call', hangUp({ referenceId: null }), /no call/],
  ['hang-up: of a type not told', hangUp({ referenceType: null }), null],
  ['hang-up: something other than a call', hangUp({ referenceType: 'fax' }), /no call/],
  ...['dialing', 'ringing', 'progressing', 'a word of tomorrow'].map(
    (status) => [`hang-up: the call is ${status}`, hangUp({}, status), null] as const,
  ),
  ['hang-up: the call is terminating', hangUp({}, 'terminating'), /already ending/],
  ['hang-up: the call is canceling', hangUp({}, 'canceling'), /already ending/],
  ['hang-up: the call is over', hangUp({ status: 'leaving' }, 'hangup'), /already ended/],

  ['end: not read yet', end(null), /nothing is known/i],
  ['end: starting', end({ status: 'starting' }), null],
  ['end: progressing', end({ status: 'progressing' }), null],
  ['end: terminating', end({ status: 'terminating', deletedAt: THEN }), /already ending/],
  ['end: terminated', end({ status: 'terminated', deletedAt: THEN }), /already ended/],
  ['end: deleted', end({ status: 'progressing', deletedAt: THEN }), /record is deleted/],
  ['end: a status of tomorrow', end({ status: 'paused' }), /not one this version knows/],
  ['end: asked', end({ status: 'progressing' }, true), /already requested/],
]

const VERB = new Map([
  ['remove', 'remove participants'],
  ['hang-up', 'hang up calls'],
  ['end', 'end conferences'],
])

const lacking = (verb: string | undefined): string =>
  `Your account may not ${verb}: it needs the admin or manager permission. Ask an administrator.`

/** What the table should say: a reason is always a whole sentence. */
function expected(name: string, reason: RegExp | null, isEnough: boolean): unknown {
  if (!isEnough) return { allowed: false, reason: lacking(VERB.get(name.split(':')[0] ?? '')) }
  if (reason === null) return { allowed: true }
  const sentence = new RegExp(`^(?=[A-Z].*\\.$).*${reason.source}`, reason.flags)
  return { allowed: false, reason: expect.stringMatching(sentence) }
}

describe('what may be done', () => {
  describe.each(WHO)('by %s', (_name, permission, isEnough) => {
    it.each(CELLS)('%s', (name, ask, reason) => {
      expect(ask(permission)).toEqual(expected(name, reason, isEnough))
    })
  })
})

it.each(WHO)('what %s may see', (_name, permission, isEnough) => {
  expect(permits('see', permission)).toEqual(
    isEnough ? { allowed: true } : { allowed: false, reason: lacking('see conferences') },
  )
})

describe('a conference as a room', () => {
  const admin = { permission: 32, isAsked: false }
  const agent = { permission: 16, isAsked: false }
  const going = conferenceOf()

  it.each([
    ['none is named', null, undefined, 'It is not being recorded.'],
    ['it is not known yet', undefined, undefined, undefined],
    ['it goes on', recordingOf(), 'It is already being recorded.', undefined],
    [
      'it is being stopped',
      recordingOf({ status: 'stopping' }),
      'An earlier recording is still being stopped.',
      'It is not being recorded.',
    ],
    [
      'it is over and still named',
      recordingOf({ status: 'ended', endedAt: THEN }),
      expect.stringContaining('its id was not cleared'),
      'It is not being recorded.',
    ],
  ])('may be recorded, or no more, by its recording: %s', (_name, recording, record, stop) => {
    expect(reasonOf(canRecord(going, recording, admin))).toEqual(record)
    expect(reasonOf(canStopRecording(going, recording, admin))).toEqual(stop)
  })

  it.each(['terminating', 'terminated'])('that is %s is left alone', (status) => {
    const over = conferenceOf({ status })
    for (const kind of ['edit', 'new-link', 'dial'] as const)
      expect(canControlRoom(kind, over, admin).allowed).toBe(false)
    expect(canRecord(over, null, admin).allowed).toBe(false)
  })

  it('refuses a plain agent, with the reason', () => {
    const reasons = [
      canControlRoom('edit', going, agent),
      canControlRoom('new-link', going, agent),
      canRecord(going, null, agent),
      canStopRecording(going, recordingOf(), agent),
      permits('create', agent.permission),
    ].map(reasonOf)
    for (const reason of reasons) expect(reason).toContain('needs the admin or manager permission')
    expect(new Set(reasons).size).toBe(reasons.length)
  })
})
