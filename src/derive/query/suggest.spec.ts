import { describe, expect, it } from 'vitest'
import { suggestionsFor } from './suggest.ts'

const source = {
  valuesOf: (field: string) =>
    field === 'conf' ? ['Sales, EMEA', 'Ops'] : field === 'status' ? ['joining', 'joined'] : [],
  countOf: (text: string) => text.length,
}

const suggested = (text: string, { caret = text.length, isAll = false } = {}) =>
  suggestionsFor(text, caret, isAll, source).map((one) => one.text)

describe('suggestions', () => {
  it.each([
    ['st', ['status:', 'stuck']],
    ['-st', ['-status:', '-stuck']],
    ['conf:"Sales, EMEA" st', ['status:', 'stuck']],
    ['s', []],
    ['"st', []],
    ['ann', []],
    ['', []],
    ['foo:', []],
    ['status:', ['status:joining', 'status:joined']],
    ['status:joini', ['status:joining']],
    ['status:joining', []],
    ['status:joining,', ['status:joining,joined']],
    ['CONF:op', ['CONF:Ops']],
    ['conf:"Sa', ['conf:"Sales, EMEA"']],
    ['ann conf:', ['conf:"Sales, EMEA"', 'conf:Ops']],
  ])('for %j are %j', (text, found) => {
    expect(suggested(text)).toEqual(found)
  })

  it('are all fields and flags when asked for outright', () => {
    expect(suggested('', { isAll: true })).toContain('older:')
    expect(suggested('ann ', { isAll: true })).toContain('came-back')
  })

  it('go into the text at the caret, with how many that finds', () => {
    const [first] = suggestionsFor('ann st bob', 6, false, source)
    expect(first).toMatchObject({ text: 'status:', count: null, result: 'ann status: bob' })
    const [flag] = suggestionsFor('stu bob', 3, false, source)
    expect(flag).toMatchObject({ text: 'stuck', result: 'stuck bob', count: 'stuck bob'.length })
  })
})
