import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { scripts } from '../package.json'

const root = path.resolve(import.meta.dirname, '..')

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const DOCUMENTS = [
  'README.md',
  'AGENTS.md',
  'SECURITY.md',
  'sandbox/README.md',
  ...readdirSync(path.join(root, 'docs')).map((file) => `docs/${file}`),
]

describe.each(DOCUMENTS)('%s', (file) => {
  const text = read(file)

  it('names only paths that exist', () => {
    const named = text.matchAll(
      /(?<![\w/])(?:src|sandbox|deploy|docs|e2e|public)\/[\w./-]*\w\/?|\b[\w-]+\.config\.ts\b/g,
    )
    const missing = [...named]
      .map(([name]) => name)
      .filter((name) => !existsSync(path.join(root, name)))
    expect(missing).toEqual([])
  })

  it('names only scripts that exist', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe('AGENTS.md', () => {
  it('is short enough to be read', () => {
    expect(read('AGENTS.md').split('\n').length).toBeLessThan(150)
  })
})
