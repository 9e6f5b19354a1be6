import { describe, expect, it } from 'vitest'
import { conferenceLabel } from './conference.ts'

describe('conferenceLabel', () => {
  it.each([
    ['Standup', 'Standup'],
    [' Standup ', 'Standup'],
    ['', '99accfb7'],
    ['  ', '99accfb7'],
  ])('returns for the name "%s" the label %s', (name, label) => {
    expect(conferenceLabel({ id: '99accfb7-c0dd-4a54-997d-dd18af7bc280', name })).toBe(label)
  })
})
