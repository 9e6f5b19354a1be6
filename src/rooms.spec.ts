import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

/**
 * Who may import whom: README, "Rooms". `types` may be crossed by types only. Anything not listed is refused,
 * so a new room starts closed.
 */
const ROOMS: Readonly<Record<string, { may: readonly string[]; types?: readonly string[] }>> = {
  util: { may: [] },
  domain: { may: ['util'] },
  wire: { may: ['domain', 'util'] },
  cache: { may: ['wire', 'domain', 'util'] },
  derive: { may: ['domain', 'util'] },
  ui: { may: ['util'] },
  actions: { may: ['cache', 'wire', 'derive', 'domain', 'util', 'ui'] },
  table: { may: ['derive', 'domain', 'ui', 'util'] },
  pages: { may: ['actions', 'cache', 'derive', 'domain', 'paths', 'table', 'ui', 'util'] },
  paths: { may: [] },
  routes: { may: ['pages', 'paths', 'ui'] },
  main: { may: ['actions', 'cache', 'routes', 'ui'] },
  sandbox: { may: [], types: ['wire', 'domain', 'util'] },
  deploy: { may: [] },
  e2e: { may: [], types: ['sandbox'] },
}

/** Rooms that must stay free of React: what is true does not depend on how it is drawn. */
const WITHOUT_REACT = new Set(['domain', 'wire', 'derive', 'util', 'sandbox'])

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const root = path.resolve(import.meta.dirname, '..')

const sources = ['src', 'sandbox', 'deploy', 'e2e'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|build)\.tsx?$/.test(file))
    .map((file) => path.join(folder, file)),
)

const imports = sources.flatMap((file) =>
  importsOf(file, readFileSync(path.join(root, file), 'utf8')),
)

function importsOf(file: string, code: string): readonly Import[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(file, code).module
  const dynamic = dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    to: code.slice(start + 1, end - 1),
    typeOnly: false,
  }))
  const imported = staticImports.map(({ moduleRequest, entries }) => ({
    to: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const exported = staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ to: moduleRequest.value, typeOnly: isType }] : [],
    ),
  )
  return [...dynamic, ...imported, ...exported].map(({ to, typeOnly }) => ({
    from: file,
    to: resolve(file, to),
    typeOnly,
  }))
}

/** `src/domain/time.ts` for what is ours, the bare name for a package. */
function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('~/')) return path.join('src', specifier.slice(2))
  if (!specifier.startsWith('.')) return specifier
  return path.join(path.dirname(file), specifier)
}

const isOurs = (file: string): boolean => /^(src|sandbox|deploy|e2e)\//.test(file)

/** The room of a file: its folder, or its own name for the few files that stand at the top of src. */
function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/')
  return top === 'src' ? second.replace(/\.tsx?$/, '') : top
}

function offences(all: readonly Import[]): readonly string[] {
  return all
    .filter(({ from, to, typeOnly }) => {
      const [room, other] = [roomOf(from), roomOf(to)]
      if (!isOurs(to) || room === other) return false
      const { may = [], types = [] } = ROOMS[room] ?? {}
      return !may.includes(other) && !(typeOnly && types.includes(other))
    })
    .map(({ from, to }) => `${from} imports ${to}`)
}

describe('the rooms', () => {
  it('are all listed', () => {
    const found = new Set(sources.map(roomOf))
    expect([...found].filter((room) => !(room in ROOMS))).toEqual([])
  })

  it('import only what their neighbours may see', () => {
    expect(offences(imports)).toEqual([])
  })

  it('that hold pure logic or the wire do without React', () => {
    const found = imports.filter(
      ({ from, to }) => WITHOUT_REACT.has(roomOf(from)) && /^(react|@tanstack)/.test(to),
    )
    expect(found.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('are told when one reaches past its neighbour', () => {
    const code = `import { request } from '~/wire/http.ts'\nimport type { Page } from '../wire/page.ts'`
    expect(offences(importsOf('src/pages/x.tsx', code))).toEqual([
      'src/pages/x.tsx imports src/wire/http.ts',
      'src/pages/x.tsx imports src/wire/page.ts',
    ])
    const sandbox = `import { world } from '../../sandbox/world.ts'`
    expect(offences(importsOf('src/wire/x.ts', sandbox))).toHaveLength(1)
    const lazy = `const page = () => import('~/pages/login/LoginPage.tsx')`
    expect(offences(importsOf('src/cache/x.ts', lazy))).toHaveLength(1)
  })
})
