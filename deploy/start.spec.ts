import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadConfig } from '../src/config.ts'

const API = 'https://api.voipbin.net'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollcall-start-'))
  writeFileSync(path.join(folder, 'index.html'), '')
  writeFileSync(path.join(folder, 'ca.pem'), '')
  // In place of nginx, which need not be installed here.
  writeFileSync(path.join(folder, 'nginx'), '#!/bin/sh\necho "nginx $*"\n', { mode: 0o755 })
})

afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllGlobals()
})

/** deploy/nginx/start.sh with these settings, as in a container that has nothing else in its environment. */
function start(environment: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync('sh', ['deploy/nginx/start.sh'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      ROLLCALL_ROOT: folder,
      ROLLCALL_RUN: path.join(folder, 'run'),
      ROLLCALL_API_CA: path.join(folder, 'ca.pem'),
      ...environment,
    },
  })
  return { status, stdout, stderr }
}

const written = (file: string): string => readFileSync(path.join(folder, 'run', file), 'utf8')

const fetchWritten = async (): Promise<Response> => new Response(written('config.json'))

// Each starts a dozen processes.
describe.skipIf(process.platform === 'win32')('deploy/nginx/start.sh', { timeout: 30_000 }, () => {
  it.each([
    { ROLLCALL_API: API },
    { ROLLCALL_API_BASE: API },
    { ROLLCALL_API: 'http://[::1]:8787' },
    { ROLLCALL_API: API, ROLLCALL_API_INSECURE: '1' },
    { ROLLCALL_API: API, ROLLCALL_TLS_CERT: '/etc/hosts', ROLLCALL_TLS_KEY: '/etc/hosts' },
  ])('leaves nothing to be filled in with %j', (environment) => {
    expect(start(environment)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`nginx -e stderr -c ${folder}/run/nginx.conf`),
    })
    for (const file of ['nginx', 'api', 'proxy', 'headers', 'brotli']) {
      expect(written(`${file}.conf`)).not.toMatch(/@\w+@/)
    }
  })

  it('verifies the certificate of the API, unless told otherwise with a warning', () => {
    expect(start({ ROLLCALL_API: `${API}:8443` }).stderr).toBe('')
    expect(written('proxy.conf')).toContain('proxy_ssl_verify on;')
    expect(written('proxy.conf')).toContain(`proxy_ssl_trusted_certificate ${folder}/ca.pem;`)
    expect(written('proxy.conf')).toContain('proxy_ssl_name api.voipbin.net;')
    expect(written('proxy.conf')).toContain('proxy_set_header Host api.voipbin.net:8443;')
    expect(start({ ROLLCALL_API: API, ROLLCALL_API_INSECURE: '1' }).stderr).toContain('WARNING')
    expect(written('proxy.conf')).toContain('proxy_ssl_verify off;')
  })

  it('passes nothing on in a cross-origin installation, and lets the page connect there', () => {
    start({ ROLLCALL_API_BASE: API })
    expect(written('nginx.conf')).not.toContain('api.conf')
    expect(written('headers.conf')).toContain(
      "connect-src 'self' https://api.voipbin.net wss://api.voipbin.net;",
    )
  })

  it('writes each setting of config.json that the app knows', async () => {
    start({ ROLLCALL_API: API })
    vi.stubGlobal('fetch', fetchWritten)
    const defaults = await loadConfig()
    start({
      ROLLCALL_API_BASE: API,
      ROLLCALL_TITLE: String.raw`Acme "West" \ you & me | 100 %`,
      ROLLCALL_POLL_SECONDS: '5',
      ROLLCALL_REQUEST_TIMEOUT_SECONDS: '12.5',
      ROLLCALL_REMOVAL_LIMIT_SECONDS: '20',
      ROLLCALL_GRACE_SECONDS: '0',
      ROLLCALL_SINGLE_GRACE_SECONDS: '7',
      ROLLCALL_CONTACT_LOOKUP: '0',
    })
    const config = await loadConfig()
    expect(config).toEqual({
      apiBase: API,
      title: String.raw`Acme "West" \ you & me | 100 %`,
      pollSeconds: 5,
      requestTimeoutSeconds: 12.5,
      removalLimitSeconds: 20,
      graceSeconds: 0,
      singleGraceSeconds: 7,
      contactLookup: false,
    })
    // A setting that is new in src/config.ts needs its variable here.
    const given = new Map(Object.entries(config))
    const left = Object.entries(defaults).filter(([key, value]) => given.get(key) === value)
    expect(left).toEqual([])
  })

  it.each([
    [{}, 'set ROLLCALL_API'],
    [{ ROLLCALL_API: API, ROLLCALL_API_BASE: API }, 'not both'],
    [{ ROLLCALL_API: `${API}/` }, 'ROLLCALL_API must be an origin'],
    [{ ROLLCALL_API: 'https://sam:pw@api.voipbin.net' }, 'ROLLCALL_API must be an origin'],
    [{ ROLLCALL_API: `${API}; evil` }, 'ROLLCALL_API must be an origin'],
    [{ ROLLCALL_API: `${API}\nevil` }, 'ROLLCALL_API must be an origin'],
    [{ ROLLCALL_API_BASE: `${API}?x` }, 'ROLLCALL_API_BASE must be an origin'],
    [{ ROLLCALL_API_BASE: `${API}' *` }, 'ROLLCALL_API_BASE must be an origin'],
    [
      { ROLLCALL_API: API, ROLLCALL_CONTACT_LOOKUP: 'yes' },
      'ROLLCALL_CONTACT_LOOKUP must be 1 or 0.',
    ],
    [{ ROLLCALL_API: API, ROLLCALL_API_INSECURE: 'yes' }, 'must be 1 or 0'],
    [{ ROLLCALL_API: API, ROLLCALL_API_CA: '/nowhere.pem' }, 'cannot be read: /nowhere.pem'],
    [
      { ROLLCALL_API: API, ROLLCALL_SERVER_PORT: '80; evil' },
      'ROLLCALL_SERVER_PORT must be a number',
    ],
    [{ ROLLCALL_API: API, ROLLCALL_POLL_SECONDS: '3, "x": 1' }, 'must be a number'],
    [{ ROLLCALL_API: API, ROLLCALL_TITLE: 'two\nlines' }, 'must be one line'],
    [{ ROLLCALL_API: API, ROLLCALL_TLS_CERT: '/etc/hosts' }, 'must both name a readable file'],
    [{ ROLLCALL_API: API, ROLLCALL_ROOT: '/nowhere' }, 'has no index.html'],
  ])('refuses %j in one sentence', (environment, reason) => {
    const { status, stdout, stderr } = start(environment)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^Rollcall cannot start: .+\n$/)
    expect(stderr).toContain(reason)
  })
})
