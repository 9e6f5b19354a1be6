import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoint } from './testing/code-point.fixture.ts'
import { conferencePath, loginPath, returnPath } from './paths.ts'

describe('returnPath', () => {
  it.each(['/', '/conferences', '/conferences/x?q=1', '/conferences/x?q=//evil.example#top'])(
    'goes on to %s',
    (wanted) => {
      expect(returnPath(wanted)).toBe(wanted)
    },
  )

  it.each([
    null,
    '',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'conferences',
    ' /conferences',
    '@evil.example',
  ])('goes to the conferences instead of %j', (wanted) => {
    expect(returnPath(wanted)).toBe('/conferences')
  })

  it('comes back from the sign-in page as it went there', () => {
    const path = fc
      .string({ unit: codePoint })
      .map((rest) => `${conferencePath(rest)}?q=${encodeURIComponent(rest)}`)
    fc.assert(
      fc.property(path, (here) => {
        const there = new URL(loginPath(here), 'https://page.example')
        expect(there.pathname).toBe('/login')
        expect(returnPath(there.searchParams.get('return'))).toBe(here)
      }),
    )
  })
})

describe('conferencePath', () => {
  it('keeps any id within its own part of the path', () => {
    expect(conferencePath('99accfb7-c0dd')).toBe('/conferences/99accfb7-c0dd')
    expect(conferencePath('../login?x#y')).toBe('/conferences/..%2Flogin%3Fx%23y')
  })
})
