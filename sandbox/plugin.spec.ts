import { describe, expect, test } from 'vitest'
import { configOf, sandbox } from './plugin.ts'

describe('the Vite plugin', () => {
  test('does nothing in unit tests', () => {
    expect(Object.keys(sandbox({}))).toEqual(['name'])
  })

  test('reads the settings of one browser from its cookie, and ignores a value that is not an object', () => {
    const value = encodeURIComponent('{"graceSeconds":0}')
    expect(configOf(`token=x; rollcall_config=${value}; y=z`)).toEqual({ graceSeconds: 0 })
    for (const none of [undefined, '', 'token=x', 'rollcall_config=7', 'rollcall_config={%'])
      expect(configOf(none)).toEqual({})
  })
})
