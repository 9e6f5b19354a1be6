import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoint } from '~/testing/code-point.fixture.ts'
import payload from './fixtures/jwt-payload.json'
import login from './fixtures/login.json'
import { sessionFromToken } from './token.ts'

/** A token in the server's form: base64url of UTF-8, without padding. */
const tokenOf = (claims: unknown): string =>
  ['{"alg":"HS256","typ":"JWT"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

const named = (agent: object) => sessionFromToken(tokenOf({ agent }), 'typed').name

const wanted = {
  name: 'Sam Support',
  username: 'support@rollcall.example',
  customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
  permission: 32,
  expiresAt: Date.parse('2026-01-22T09:30:00Z') * 1000 + 123_456,
}

describe('sessionFromToken', () => {
  it('decodes the token of the login answer', () => {
    expect(sessionFromToken(login.token, login.username)).toEqual({
      ...wanted,
      credential: { kind: 'token', token: login.token },
    })
  })

  it('decodes a token with every claim of the platform', () => {
    const token = tokenOf(payload)
    expect(sessionFromToken(token, 'x')).toEqual({
      ...wanted,
      credential: { kind: 'token', token },
    })
  })

  it.each(['Åsa Öberg', '山田太郎', '🎧 Ann', 'ÿ>?~~~'])('decodes the name %s', (name) => {
    const token = tokenOf({ ...payload, agent: { ...payload.agent, name } })
    expect(sessionFromToken(token, 'x').name).toBe(name)
  })

  it('decodes any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, minLength: 1 }), (name) => {
        expect(sessionFromToken(tokenOf({ agent: { name } }), 'x').name).toBe(name)
      }),
    )
  })

  it('uses the user name when the agent has no name, then the typed one', () => {
    expect(named({ name: '', username: 'sam' })).toBe('sam')
    expect(named({})).toBe('typed')
  })

  it('takes the expiry from expire, not from exp', () => {
    expect(sessionFromToken(tokenOf({ exp: 1 }), 'x').expiresAt).toBeNull()
  })

  it('makes a session without claims when the token cannot be decoded', () => {
    const unreadable = fc.oneof(
      fc.string(),
      fc.string().map((part) => `a.${part}.b`),
      fc.jsonValue().map((claims) => tokenOf({ expire: 'soon', agent: { id: claims } })),
    )
    fc.assert(
      fc.property(unreadable, (token) => {
        expect(sessionFromToken(token, 'typed')).toEqual({
          credential: { kind: 'token', token },
          name: 'typed',
          username: 'typed',
          customerId: null,
          permission: null,
          expiresAt: null,
        })
      }),
    )
  })
})
