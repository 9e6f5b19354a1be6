import { describe, expect, it } from 'vitest'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { loadedText, mayHaveMore } from './sweep.ts'

describe('loadedText', () => {
  it.each([
    [0, '0 of 24 h'],
    [0.04, '0 of 24 h'],
    [0.25, '6 of 24 h'],
    [0.999, '23 of 24 h'],
    [1, '24 of 24 h'],
    [1.5, '24 of 24 h'],
    [-1, '0 of 24 h'],
  ])('shows %d of the time as %s', (part, text) => {
    expect(loadedText(part)).toBe(text)
  })
})

describe('mayHaveMore', () => {
  const backTo = toMillis(THEN)
  it.each([
    ['the list was read as a whole', 0, { isWhole: true, backTo }, false],
    ['it was created in the part that was read', THEN + 1000, { isWhole: false, backTo }, false],
    ['it is older than what was read', THEN, { isWhole: false, backTo }, true],
    ['nothing was read yet', THEN + 1000, { isWhole: false, backTo: null }, true],
    ['its age is not known', null, { isWhole: false, backTo }, true],
  ])('decides whether there may be more when %s', (_name, createdAt, reach, may) => {
    expect(mayHaveMore(conferenceOf({ createdAt }), reach)).toBe(may)
  })
})
