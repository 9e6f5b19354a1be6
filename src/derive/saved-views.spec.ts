import { describe, expect, it } from 'vitest'
import { offeredView, parseViews, sharedPath, withoutView, withView } from './saved-views.ts'

const SALES = { name: 'Sales', path: '/participants?q=conf%3Asales' }

describe('saved views', () => {
  it('are kept by name, sorted', () => {
    const ops = { name: 'Ops', path: '/participants' }
    expect(withView([SALES], ops)).toEqual([ops, SALES])
    const moved = { name: 'Sales', path: '/activity' }
    expect(withView([ops, SALES], moved)).toEqual([ops, moved])
    expect(withoutView([ops, SALES], 'Ops')).toEqual([SALES])
  })

  it.each([
    [null],
    ['text'],
    [[1, null, {}, { name: 'x' }, { name: 1, path: '/' }]],
    [[{ name: 'evil', path: 'https://evil.example' }]],
    [[{ name: 'evil', path: '//evil.example' }]],
    [[{ name: 'evil', path: String.raw`/\evil.example` }]],
  ])('that are damaged, %j, are left out', (found) => {
    expect(parseViews(found)).toEqual([])
  })

  it('go through a link', () => {
    const link = new URL(sharedPath({ ...SALES, name: 'Über & co' }), 'https://rollcall.example')
    expect(offeredView(link.pathname, link.search)).toEqual({ ...SALES, name: 'Über & co' })
    expect(offeredView('/participants', '?q=x')).toBeNull()
    expect(offeredView('/participants', '?save=%20')).toBeNull()
  })
})
