import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadConfig } from './config.ts'
import { json, redirected, stubFetch } from '~/testing/fetch.fixture.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const load = (body: unknown) => {
  stubFetch(() => json(body))
  return loadConfig()
}

describe('loadConfig', () => {
  it('requests config.json beside the page, past the cache', async () => {
    const sent = stubFetch(() => json({}))
    await loadConfig()
    expect(sent[0]?.url.href).toBe('https://page.example/config.json')
    expect(sent[0]?.init.cache).toBe('no-cache')
  })

  it('has a default for everything', async () => {
    expect(await load({})).toEqual({
      apiBase: '',
      title: 'Rollcall',
      pollSeconds: 3,
      requestTimeoutSeconds: 10,
      removalLimitSeconds: 15,
      graceSeconds: 5,
      singleGraceSeconds: 0,
      contactLookup: true,
    })
  })

  it('returns the settings of the file', async () => {
    const set = {
      apiBase: 'https://api.voipbin.net',
      title: 'Who is in',
      pollSeconds: 1,
      requestTimeoutSeconds: 120,
      removalLimitSeconds: 600,
      graceSeconds: 0,
      singleGraceSeconds: 60,
      contactLookup: false,
      sandbox: { accounts: [{ label: 'Sam', username: 's', password: 'p' }], accesskey: 'k' },
    }
    expect(await load(set)).toEqual(set)
  })

  it.each(['', 'http://localhost:8080', 'https://10.0.0.7', 'https://[::1]:8443'])(
    'accepts the apiBase "%s"',
    async (apiBase) => {
      expect((await load({ apiBase })).apiBase).toBe(apiBase)
    },
  )

  it.each([
    ['https://sam:secret@api.voipbin.net', 'must not contain a user name or password'],
    ['https://user:pw@host?x#y ', 'must not contain blanks'],
    ['https://api.voipbin.net?x=y', 'must not have a query'],
    ['https://api.voipbin.net?', 'must not have a query'],
    ['https://api.voipbin.net#y', 'must not have a fragment'],
    [' https://api.voipbin.net', 'must not contain blanks'],
    ['https://api.voip\nbin.net', 'must not contain blanks'],
    ['   ', 'must not contain blanks'],
    [
      'https://api.voipbin.net/',
      'must be an origin without a path, such as https://api.voipbin.net',
    ],
    [
      String.raw`https://api.voipbin.net\v1.0`,
      'must be an origin without a path, such as https://api.voipbin.net',
    ],
    ['https:api.voipbin.net', 'must be an origin such as https://api.voipbin.net, or empty'],
    ['https://', 'must be an origin such as https://api.voipbin.net, or empty'],
    ['javascript:alert(1)', 'must be an origin such as https://api.voipbin.net, or empty'],
  ])('rejects the apiBase %j with the reason', async (apiBase, reason) => {
    await expect(load({ apiBase })).rejects.toThrow(`/config.json is not valid. apiBase: ${reason}`)
  })

  it.each([
    ['apiBase', 'api.voipbin.net'],
    ['apiBase', 'https://api.voipbin.net/'],
    ['apiBase', 'https://api.voipbin.net/v1.0'],
    ['apiBase', 'ftp://api.voipbin.net'],
    ['apiBase', null],
    ['title', ''],
    ['title', '  '],
    ['title', 7],
    ['pollSeconds', 0],
    ['pollSeconds', 301],
    ['pollSeconds', '3'],
    ['requestTimeoutSeconds', 0.5],
    ['requestTimeoutSeconds', 121],
    ['requestTimeoutSeconds', null],
    ['removalLimitSeconds', 0],
    ['removalLimitSeconds', 601],
    ['graceSeconds', -1],
    ['graceSeconds', 61],
    ['contactLookup', 'no'],
    ['sandbox', {}],
  ])('rejects %s %j with a sentence that names it', async (key, value) => {
    await expect(load({ [key]: value })).rejects.toThrow(
      new RegExp(`^/config\\.json is not valid\\. ${key}\\b.*: .+`),
    )
  })

  it('names all faults of the file together', async () => {
    await expect(load({ title: '', pollSeconds: 0 })).rejects.toThrow(/title: .*pollSeconds: /)
  })

  it.each([[null], ['x'], [7]])('rejects a file that is %j', async (body) => {
    await expect(load(body)).rejects.toThrow(/^\/config\.json is not valid\. /)
  })

  it('rejects a file that is not JSON, such as the page itself', async () => {
    stubFetch(() => new Response('<!doctype html>'))
    await expect(loadConfig()).rejects.toThrow('/config.json is not JSON.')
  })

  it('does not follow a redirect, and says so', async () => {
    const sent = stubFetch(redirected)
    await expect(loadConfig()).rejects.toThrow(
      '/config.json could not be read: the server redirected it, which is not followed.',
    )
    expect(sent[0]?.init.redirect).toBe('manual')
  })

  it('says that the file is missing', async () => {
    stubFetch(() => new Response('', { status: 404 }))
    await expect(loadConfig()).rejects.toThrow('/config.json could not be read: HTTP 404.')
  })
})
