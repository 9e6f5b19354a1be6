import { describe, expect, it } from 'vitest'
import { accountOf, customerOf, isInterruption, type Session } from './session.ts'

const sam: Session = {
  credential: { kind: 'token', token: 'one' },
  name: 'Sam Support',
  username: 'sam@example',
  customerId: 'c',
  permission: 32,
  expiresAt: null,
}

const keyed = (accesskey: string): Session => ({
  ...sam,
  credential: { kind: 'accesskey', accesskey },
  username: null,
})

describe('accountOf', () => {
  it.each<[string, Partial<Session>]>([
    ['another token', { credential: { kind: 'token', token: 'two' } }],
    ['another expiry', { expiresAt: 1 }],
    ['another name of the agent', { name: 'Sam Miller' }],
    ['other permissions', { permission: 64 }],
  ])('is the same with %s', (_name, change) => {
    expect(accountOf({ ...sam, ...change })).toBe(accountOf(sam))
  })

  it.each<[string, Partial<Session>]>([
    ['another user of the same name', { username: 'sam2@example' }],
    ['the same user name of another customer', { customerId: 'd' }],
    ['an access key', { credential: { kind: 'accesskey', accesskey: 'k' } }],
  ])('differs for %s', (_name, change) => {
    expect(accountOf({ ...sam, ...change })).not.toBe(accountOf(sam))
  })

  it('uses the name when a token has no user name', () => {
    const key = { ...sam, username: null }
    expect(accountOf({ ...key, name: 'Other' })).not.toBe(accountOf(key))
  })

  it('differs for two access keys of one customer, and does not depend on the customer’s name', () => {
    expect(accountOf(keyed('one'))).not.toBe(accountOf(keyed('two')))
    expect(accountOf({ ...keyed('one'), name: 'Renamed' })).toBe(accountOf(keyed('one')))
  })

  it('does not contain the access key', () => {
    expect(accountOf(keyed('very-secret'))).not.toContain('very-secret')
  })
})

describe('customerOf', () => {
  it('differs for two accounts with an unknown customer', () => {
    const [one, other] = [sam, { ...sam, username: 'kim' }].map((session) =>
      customerOf({ ...session, customerId: null }),
    )
    expect(one).not.toBe(other)
  })
})

describe('isInterruption', () => {
  it.each([
    ['expired', true],
    ['refused', true],
    ['by-choice', false],
    ['not-yet', false],
    [undefined, false],
  ] as const)('of %s is %s', (reason, expected) => {
    expect(isInterruption(reason)).toBe(expected)
  })
})
