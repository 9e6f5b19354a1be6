import { describe, expect, test } from 'vitest'
import { sandbox } from './plugin.ts'

describe('the Vite plugin', () => {
  test('does nothing in unit tests', () => {
    expect(Object.keys(sandbox({}))).toEqual(['name'])
  })
})
