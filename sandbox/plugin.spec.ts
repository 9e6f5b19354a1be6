import { describe, expect, test } from 'vitest'
import { BadOption } from './options.ts'
import { configOf, originOf, proxyTo, sandbox } from './plugin.ts'

describe('the Vite plugin', () => {
  test('does nothing in unit tests', () => {
    expect(Object.keys(sandbox({ api: undefined }))).toEqual(['name'])
  })

  test('wants an origin to proxy to, and says so in one sentence', () => {
    expect(originOf('https://api.voipbin.net/')).toBe('https://api.voipbin.net')
    for (const bad of [
      'api.voipbin.net',
      'ftp://api.voipbin.net',
      'https://api.voipbin.net/v1.0',
      'yes',
    ]) {
      expect(() => originOf(bad)).toThrow(BadOption)
      expect(() => originOf(bad)).toThrow(/^[^.\n]+ https:\/\/api\.voipbin\.net, not ".*"\.$/)
    }
  })

  test('takes settings of one browser from its cookie, and leaves what is not an object', () => {
    const value = encodeURIComponent('{"graceSeconds":0}')
    expect(configOf(`token=x; rollcall_config=${value}; y=z`)).toEqual({ graceSeconds: 0 })
    for (const none of [undefined, '', 'token=x', 'rollcall_config=7', 'rollcall_config={'])
      expect(configOf(none)).toEqual({})
  })

  test("proxies the platform's paths, the WebSocket before its parent, never the control path", () => {
    const proxy = proxyTo('https://api.voipbin.net')
    expect(Object.keys(proxy)).toEqual(['/v1.0/ws', '/v1.0', '/auth', '/ping'])
    expect(proxy['/v1.0/ws']).toMatchObject({
      target: 'https://api.voipbin.net',
      ws: true,
      changeOrigin: true,
    })
  })
})
