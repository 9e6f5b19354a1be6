import { describe, expect, it } from 'vitest'
import { withPage } from './bad-rows.ts'

const bad = (raw: unknown) => ({ raw, text: 'It is not a record.' })
const span = (from: number, to: number) => ({ from, to })

describe('withPage', () => {
  const known = withPage([], { unreadable: [bad('a'), bad('b')], span: span(10, 20) })

  it('keeps each bad row with the span of the page that held it', () => {
    expect(known).toEqual([
      { ...bad('a'), span: span(10, 20) },
      { ...bad('b'), span: span(10, 20) },
    ])
  })

  it('drops bad rows that a page of the same or a larger span no longer holds', () => {
    expect(withPage(known, { unreadable: [], span: span(10, 20) })).toEqual([])
    expect(withPage(known, { unreadable: [], span: span(0, 30) })).toEqual([])
  })

  it.each([
    ['another stretch', span(21, 30)],
    ['a part of it', span(15, 30)],
    ['a page that does not say where it is', null],
  ])('keeps bad rows when a page of %s does not hold them', (_name, other) => {
    expect(withPage(known, { unreadable: [], span: other })).toEqual(known)
  })

  it('keeps each bad row once, with the span of the latest page that held it', () => {
    const next = withPage(known, { unreadable: [bad('b')], span: span(15, 30) })
    expect(next).toEqual([
      { ...bad('b'), span: span(15, 30) },
      { ...bad('a'), span: span(10, 20) },
    ])
  })

  it('keeps a bad row without a span until the next page only', () => {
    const lost = withPage([], { unreadable: [bad('a')], span: null })
    expect(withPage(lost, { unreadable: [], span: span(0, 1) })).toEqual([])
  })
})
