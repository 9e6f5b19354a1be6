import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadConfig } from './config.ts'
import { json, stubFetch } from './fetch.build.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const load = (body: unknown) => {
  stubFetch(() => json(body))
  return loadConfig()
}

describe('loadConfig', () => {
  it('asks for config.json beside the page, past the cache', async () => {
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
    })
  })

  it('takes what is set', async () => {
    const set = {
      apiBase: 'https://api.voipbin.net',
      title: 'Who is in',
      pollSeconds: 1,
      requestTimeoutSeconds: 120,
      removalLimitSeconds: 600,
      graceSeconds: 0,
      singleGraceSeconds: 60,
      sandbox: { accounts: [{ label: 'Sam', username: 's', password: 'p' }], accesskey: 'k' },
    }
    expect(await load(set)).toEqual(set)
  })

  it.each(['', 'http://localhost:8080', 'https://10.0.0.7', ' https://api.voipbin.net '])(
    'takes "%s" for an origin',
    async (apiBase) => {
      expect((await load({ apiBase })).apiBase).toBe(apiBase.trim())
    },
  )

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
    ['sandbox', {}],
  ])('refuses %s %j in a sentence that names it', async (key, value) => {
    await expect(load({ [key]: value })).rejects.toThrow(
      new RegExp(`^/config\\.json is not valid\\. ${key}\\b.*: .+`),
    )
  })

  it('names everything that is wrong at once', async () => {
    await expect(load({ title: '', pollSeconds: 0 })).rejects.toThrow(/title: .*pollSeconds: /)
  })

  it.each([[null], ['x'], [7]])('refuses %j as a whole', async (body) => {
    await expect(load(body)).rejects.toThrow(/^\/config\.json is not valid\. /)
  })

  it('says so when it is no JSON, such as the page itself', async () => {
    stubFetch(() => new Response('<!doctype html>'))
    await expect(loadConfig()).rejects.toThrow('/config.json is not JSON.')
  })

  it('says so when it is not there', async () => {
    stubFetch(() => new Response('', { status: 404 }))
    await expect(loadConfig()).rejects.toThrow('/config.json could not be read: HTTP 404.')
  })
})
