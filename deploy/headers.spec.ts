import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  connectSources,
  contentSecurityPolicy,
  developmentPolicy,
  FIXED_HEADERS,
  META_POLICY,
} from './headers.ts'

const nginx = readFileSync(path.join(import.meta.dirname, 'nginx/headers.conf.template'), 'utf8')

const sent = Object.fromEntries(
  [...nginx.matchAll(/^add_header (\S+) "(.*)" always;$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
)

describe('the security headers', () => {
  it('are the same behind nginx as behind Vite', () => {
    const policy = contentSecurityPolicy('').replace("connect-src 'self'", 'connect-src @CONNECT@')
    expect(sent).toEqual({ ...FIXED_HEADERS, 'Content-Security-Policy': policy })
  })

  it('allow connections to the API of the installation and nowhere else', () => {
    expect(connectSources('')).toBe("'self'")
    expect(connectSources('https://api.voipbin.net')).toBe(
      "'self' https://api.voipbin.net wss://api.voipbin.net",
    )
    expect(connectSources('http://localhost:8787')).toBe(
      "'self' http://localhost:8787 ws://localhost:8787",
    )
  })

  it('allow no inline code and no code made of text', () => {
    for (const policy of [contentSecurityPolicy('https://api.example'), META_POLICY]) {
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).toContain("trusted-types 'none'")
    }
  })

  it('say in the page only what a page can say', () => {
    expect(META_POLICY).not.toMatch(/frame-ancestors|default-src|connect-src/)
  })

  it('let hot reload work by a nonce in development, and allow no inline code otherwise', () => {
    const policy = developmentPolicy('', 'abc')
    expect(policy).toContain("script-src 'self' 'nonce-abc'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })
})
