import type { Conference } from '~/domain/conference.ts'
import { THEN } from './participant.fixture.ts'

/** The conference of the participant of the fixtures, with an empty list of participants. */
export const conferenceOf = (wish: Partial<Conference> = {}): Conference => ({
  id: '99accfb7-c0dd-4a54-997d-dd18af7bc280',
  customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
  type: 'conference',
  status: 'progressing',
  name: 'Standup',
  detail: '',
  timeout: 0,
  participantIds: [],
  recordingId: null,
  recordingIds: [],
  isTranscribing: false,
  createdAt: THEN - 3600_000_000,
  updatedAt: null,
  endedAt: null,
  deletedAt: null,
  raw: {},
  problems: [],
  ...wish,
})
