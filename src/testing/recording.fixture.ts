import type { Recording } from '~/domain/recording.ts'
import { THEN } from './participant.fixture.ts'

/** A recording that goes on, unless told otherwise; the last one of `fixtures/conference.json`. */
export const recordingOf = (wish: Partial<Recording> = {}): Recording => ({
  id: 'c1d2e3f4-a5b6-4788-99aa-bbccddeeff00',
  status: 'recording',
  referenceType: 'confbridge',
  referenceId: '5c4d3e2f-1a0b-4c9d-8e7f-6a5b4c3d2e1f',
  format: 'wav',
  createdAt: THEN,
  updatedAt: THEN,
  startedAt: THEN,
  endedAt: null,
  raw: {},
  problems: [],
  ...wish,
})
