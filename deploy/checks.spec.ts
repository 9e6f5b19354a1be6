import { describe, expect, it } from 'vitest'
import { verdictOf } from './check-audit.ts'
import { refusedOf, shippedIn } from './check-licences.ts'

const report = (severity: string): string =>
  JSON.stringify({ vulnerabilities: { 'left-pad': { name: 'left-pad', severity } } })

describe('the audit', () => {
  it('finds what is high or critical', () => {
    expect(verdictOf(report('high'))).toEqual({ kind: 'found', packages: ['left-pad'] })
    expect(verdictOf(report('critical'))).toMatchObject({ kind: 'found' })
  })

  it('lets pass what is less', () => {
    expect(verdictOf(report('moderate'))).toEqual({ kind: 'clean' })
    expect(verdictOf('{"vulnerabilities":{}}')).toEqual({ kind: 'clean' })
  })

  it.each(['', 'null', '{"error":{"code":"ENOTFOUND"}}', '<html>'])(
    'claims nothing without a report: %j',
    (output) => {
      expect(verdictOf(output)).toEqual({ kind: 'unchecked', why: 'no report' })
    },
  )

  it('repeats why there is none', () => {
    const why = '405 Method Not Allowed'
    expect(verdictOf(JSON.stringify({ message: why }))).toEqual({ kind: 'unchecked', why })
  })
})

describe('the licences', () => {
  const notices = `# Licenses

## @scope/one - 1.0.0 (MIT)

MIT License

## two - 2.0.0-rc.1 (GPL-3.0-only)

## three - 3.0.0
`

  it('are read from the notices of the build', () => {
    expect(shippedIn(notices)).toEqual([
      { library: '@scope/one - 1.0.0', licence: 'MIT' },
      { library: 'two - 2.0.0-rc.1', licence: 'GPL-3.0-only' },
      { library: 'three - 3.0.0', licence: 'none' },
    ])
  })

  it('refuse what asks for more than a notice, and what names none', () => {
    expect(refusedOf(shippedIn(notices))).toEqual([
      'two - 2.0.0-rc.1: GPL-3.0-only',
      'three - 3.0.0: none',
    ])
  })
})
