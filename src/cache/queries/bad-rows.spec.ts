import { describe, expect, it } from 'vitest'
import { withPage } from './bad-rows.ts'

const bad = (raw: unknown) => ({ raw, text: 'It is not a record.' })
const span = (from: number, to: number) => ({ from, to })

describe('withPage', () => {
  const known = withPage([], { unreadable: [bad('a'), bad('b')], span: span(10, 20) })

  it('remembers where each was met', () => {
    expect(known).toEqual([
      { ...bad('a'), span: span(10, 20) },
      { ...bad('b'), span: span(10, 20) },
    ])
  })

  it('drops what the same stretch, or more, no longer tells', () => {
    expect(withPage(known, { unreadable: [], span: span(10, 20) })).toEqual([])
    expect(withPage(known, { unreadable: [], span: span(0, 30) })).toEqual([])
  })

  it.each([
    ['another stretch', span(21, 30)],
    ['a part of it', span(15, 30)],
    ['a page that does not say where it is', null],
  ])('keeps what %s does not tell', (_name, other) => {
    expect(withPage(known, { unreadable: [], span: other })).toEqual(known)
  })

  it('counts each once, where it was met last', () => {
    const next = withPage(known, { unreadable: [bad('b')], span: span(15, 30) })
    expect(next).toEqual([
      { ...bad('b'), span: span(15, 30) },
      { ...bad('a'), span: span(10, 20) },
    ])
  })

  it('does not keep what nobody knows the place of beyond the next page', () => {
    const lost = withPage([], { unreadable: [bad('a')], span: null })
    expect(withPage(lost, { unreadable: [], span: span(0, 1) })).toEqual([])
  })
})
