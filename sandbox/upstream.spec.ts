import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { BadOption } from './options.ts'
import { originOf, proxyTo, upstreamFrom, warningsFor } from './upstream.ts'

const ROLLCALL_API = 'https://api.voipbin.net'
const CA = path.join(import.meta.dirname, 'fixtures/localhost.pem')

const made = (more: Readonly<Record<string, string>> = {}) => {
  const upstream = upstreamFrom({ ROLLCALL_API, ...more })
  if (upstream === null) throw new Error('ROLLCALL_API is set')
  return upstream
}

describe('ROLLCALL_API', () => {
  test('is an origin', () => {
    expect(originOf('https://api.voipbin.net/')).toBe('https://api.voipbin.net')
    expect(originOf('http://localhost:8787')).toBe('http://localhost:8787')
  })

  test.each([
    ['api.voipbin.net', 'not "api.voipbin.net"'],
    ['ftp://api.voipbin.net', 'not "ftp://api.voipbin.net"'],
    ['yes', 'not "yes"'],
    ['https://api.voipbin .net', 'not "https://api.voipbin .net"'],
    ['https://api.voipbin.net\n', 'not "https://api.voipbin.net\n"'],
    ['https://api.voipbin.net/v1.0', 'without a path, not "https://api.voipbin.net/v1.0"'],
    ['https://api.voipbin.net?', 'without a query, not "https://api.voipbin.net?"'],
    ['https://api.voipbin.net?a=b', 'without a query, not "https://api.voipbin.net?a=b"'],
    ['https://api.voipbin.net/#x', 'without a fragment, not "https://api.voipbin.net/#x"'],
    ['https://sam:secret@api.voipbin.net', 'without a user name or password'],
  ])('refuses %j with the reason', (bad, reason) => {
    expect(() => originOf(bad)).toThrow(BadOption)
    expect(() => originOf(bad)).toThrow(
      `ROLLCALL_API must be an origin such as https://api.voipbin.net, ${reason}.`,
    )
  })

  test('is optional: without it the sandbox answers', () => {
    expect(upstreamFrom({})).toBeNull()
    expect(upstreamFrom({ ROLLCALL_API: '', ROLLCALL_API_INSECURE: '1' })).toBeNull()
  })
})

describe("the upstream's certificate", () => {
  test('is verified unless ROLLCALL_API_INSECURE is 1', () => {
    expect(made().isVerified).toBe(true)
    expect(made({ ROLLCALL_API_INSECURE: '0' }).isVerified).toBe(true)
    expect(made({ ROLLCALL_API_INSECURE: '1' }).isVerified).toBe(false)
    expect(() => made({ ROLLCALL_API_INSECURE: 'false' })).toThrow(BadOption)
  })

  test('can be verified by the authorities in a file', () => {
    expect(made({ ROLLCALL_API_CA: CA }).ca).toContain('BEGIN CERTIFICATE')
    expect(() => made({ ROLLCALL_API_CA: '/nowhere.pem' })).toThrow(/cannot be read/)
  })

  test('must come in a file of PEM certificates', () => {
    const key = path.join(import.meta.dirname, 'options.ts')
    expect(() => made({ ROLLCALL_API_CA: key })).toThrow(/has none\.$/)
  })

  test('leads to a warning when it is not verified, as does a connection without encryption', () => {
    expect(warningsFor(made())).toEqual([])
    expect(warningsFor(made({ ROLLCALL_API_INSECURE: '1' }))).toEqual([
      expect.stringContaining('the certificate of https://api.voipbin.net is not verified'),
    ])
    expect(warningsFor(made({ ROLLCALL_API: 'http://10.0.0.7' }))).toHaveLength(1)
    expect(warningsFor(made({ ROLLCALL_API: 'http://localhost:8787' }))).toEqual([])
  })
})

describe('the proxy', () => {
  test("passes on the platform's paths, the WebSocket before its parent, never the control path", () => {
    const proxy = proxyTo(made())
    expect(Object.keys(proxy)).toEqual(['/v1.0/ws', '/v1.0', '/auth', '/ping'])
    expect(proxy['/v1.0/ws']).toMatchObject({ target: ROLLCALL_API, ws: true, changeOrigin: true })
  })

  test('verifies certificates and follows no redirect, on every path', () => {
    for (const rule of Object.values(proxyTo(made()))) {
      expect(rule).toMatchObject({ secure: true, followRedirects: false })
    }
  })
})
