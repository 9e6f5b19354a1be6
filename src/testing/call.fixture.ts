import type { Address, Call } from '~/domain/call.ts'
import { THEN } from './participant.fixture.ts'

const somebody: Address = { type: 'tel', target: '+15551230001', targetName: 'Ann', name: '' }

/** The running call of the participant of the fixtures. */
export const callOf = (wish: Partial<Call> = {}): Call => ({
  id: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
  status: 'progressing',
  direction: 'incoming',
  source: somebody,
  destination: { ...somebody, target: '+15559870002', targetName: '' },
  action: { id: '7b6c5d4e-3f2a-4b1c-8d9e-0f1a2b3c4d5e', type: 'confbridge_join' },
  muteDirection: '',
  hangupBy: '',
  hangupReason: '',
  createdAt: THEN,
  updatedAt: null,
  hangupAt: null,
  raw: {},
  problems: [],
  ...wish,
})
