import { describe, expect, it } from 'vitest'
import { countText } from './count-text.ts'

describe('countText', () => {
  it.each([
    [0, false, '0', '0'],
    [3, false, '3', '3'],
    [1234, false, '1234', '1234'],
    [3, true, '≥ 3', 'at least 3'],
    [0, true, '?', 'not known yet'],
  ])('shows %d, partial: %s, as "%s" and says "%s"', (count, isPartial, shown, said) => {
    expect(countText(count, isPartial)).toEqual({ shown, said })
  })
})
