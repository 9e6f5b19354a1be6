import { afterEach, describe, expect, it, vi } from 'vitest'
import { login, loginWithAccesskey } from './auth.ts'
import { json, rejection, stubFetch } from '~/testing/fetch.fixture.ts'
import customer from './fixtures/customer.json'
import loginAnswer from './fixtures/login.json'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('login', () => {
  it('posts user name and password to /auth/login, without a credential', async () => {
    const sent = stubFetch(() => json(loginAnswer))
    const session = await login('support@rollcall.example', 'påss')
    expect(session).toMatchObject({ name: 'Sam Support', permission: 32 })
    expect(sent[0]?.url.pathname).toBe('/auth/login')
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"username":"support@rollcall.example","password":"påss"}',
    })
    expect(new Headers(sent[0]?.init.headers).has('Authorization')).toBe(false)
  })

  it('throws the empty 400 of a wrong password', async () => {
    stubFetch(() => new Response(null, { status: 400 }))
    expect(await rejection(login('a', 'b'))).toMatchObject({ kind: 'refused', status: 400 })
  })

  it.each([[{}], [{ token: '' }], [{ token: 7 }], [null]])(
    'throws when the answer is %j',
    async (body) => {
      stubFetch(() => json(body))
      expect(await rejection(login('a', 'b'))).toMatchObject({ kind: 'malformed' })
    },
  )
})

describe('loginWithAccesskey', () => {
  it('keeps id and name of the customer, and nothing else of it', async () => {
    const sent = stubFetch(() => json(customer))
    expect(await loginWithAccesskey('key')).toEqual({
      credential: { kind: 'accesskey', accesskey: 'key' },
      name: 'Northwind Support',
      username: null,
      customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
      permission: 32,
      expiresAt: null,
    })
    expect(sent[0]?.url.href).toBe('https://page.example/v1.0/customer?accesskey=key')
  })

  it.each([[{}], [{ id: null }], [{ id: '' }], [null]])(
    'throws when the customer is %j, without an id',
    async (body) => {
      stubFetch(() => json(body))
      expect(await rejection(loginWithAccesskey('key'))).toMatchObject({
        kind: 'malformed',
        message: 'The server accepted the access key but did not say which customer it belongs to.',
      })
    },
  )

  it('throws the 401 of a wrong key', async () => {
    stubFetch(() => new Response('', { status: 401 }))
    expect(await rejection(loginWithAccesskey('key'))).toMatchObject({ isUnauthenticated: true })
  })
})
