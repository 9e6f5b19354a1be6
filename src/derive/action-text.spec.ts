import { describe, expect, it } from 'vitest'
import { openWorkText } from './action-text.ts'

describe('what another account has left open', () => {
  it.each<[Parameters<typeof openWorkText>[0], string]>([
    [
      { kind: 'remove', count: 2, by: 'Sam', conferenceLabel: 'Standup' },
      '2 removals by Sam in “Standup” not sent yet',
    ],
    [
      { kind: 'hang-up', count: 1, by: 'Sam', conferenceLabel: '' },
      '1 hang-up by Sam not sent yet',
    ],
    [
      { kind: 'end', count: 1, by: 'Sam', conferenceLabel: 'Standup' },
      '1 end of conference by Sam in “Standup” not sent yet',
    ],
  ])('%j: %s', (work, text) => {
    expect(openWorkText(work)).toBe(text)
  })
})
