import { expect, it } from 'vitest'
import { newUuid } from './uuid.ts'

it('makes UUIDs of version 4, each another', () => {
  const all = Array.from({ length: 200 }, newUuid)
  for (const id of all)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(all).size).toBe(200)
})
