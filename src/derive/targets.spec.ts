import { describe, expect, it } from 'vitest'
import type { CallerFact } from '~/domain/call.ts'
import { merge } from '~/domain/merge.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { askedOf } from './asked.ts'
import { participantRow } from './participant-rows.ts'
import { conferenceTarget, participantTarget } from './targets.ts'

const { id, conferenceId, referenceId } = participantOf()

describe('participantTarget', () => {
  it.each<[string, CallerFact | undefined, string, string]>([
    ['a name and a number', { name: 'Ann', number: '+1555' }, 'Ann', '+1555'],
    ['a number alone', { name: '', number: '+1555' }, '+1555', '+1555'],
    ['a name alone', { name: 'Ann', number: '' }, 'Ann', ''],
    ['nothing known yet', undefined, '8f1e0f52', ''],
    ['a call that is gone', 'gone', '8f1e0f52', ''],
  ])('keeps the label, the number and the conference: %s', (_what, caller, label, number) => {
    const row = participantRow(merge(undefined, participantOf()), {
      callers: new Map(caller ? [[referenceId ?? '', caller]] : []),
      asked: askedOf(new Map(), null),
      annotator: undefined,
    })
    expect(participantTarget(row, 'Standup')).toEqual({
      id,
      label,
      number,
      conferenceId,
      conferenceLabel: 'Standup',
      callId: referenceId,
      status: 'joined',
    })
  })
})

describe('conferenceTarget', () => {
  it.each([
    ['its name', 'Standup', 'Standup'],
    ['its short id while it has no name', ' ', '99accfb7'],
  ])('is labelled with %s', (_what, name, label) => {
    const conference = conferenceOf({ id: conferenceId ?? '', name })
    expect(conferenceTarget(conference)).toEqual({
      id: conferenceId,
      label,
      number: '',
      conferenceId,
      conferenceLabel: label,
      callId: null,
      status: conference.status,
    })
  })
})
