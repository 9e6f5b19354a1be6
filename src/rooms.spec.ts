import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import { groupBy } from './util/group-by.ts'

/**
 * Which room may import which: README, "Rooms". A room inside another is named with it, and `types` may be crossed by
 * types only. What is not listed is refused, so a new room starts closed. `src/testing` is for specs alone.
 */
const ROOMS: Readonly<Record<string, { may: readonly string[]; types?: readonly string[] }>> = {
  util: { may: [] },
  clock: { may: [] },
  config: { may: ['util'] },
  'use-config': { may: ['config'] },
  domain: { may: ['util'] },
  wire: { may: ['clock', 'domain', 'util'] },
  'cache/queries': { may: ['clock', 'wire', 'domain', 'util'] },
  'cache/roster': { may: ['clock', 'cache/queries', 'wire', 'domain', 'util'] },
  'cache/activity': { may: ['clock', 'cache/queries', 'cache/live', 'wire', 'domain', 'util'] },
  'cache/live': {
    may: ['clock', 'use-config', 'cache/queries', 'cache/roster', 'wire', 'domain', 'util'],
  },
  derive: { may: ['domain', 'util'] },
  ui: { may: ['clock', 'util'] },
  actions: { may: ['clock', 'config', 'cache', 'wire', 'derive', 'domain', 'util', 'ui'] },
  table: { may: ['derive', 'domain', 'paths', 'ui', 'util'] },
  pages: {
    may: ['use-config', 'actions', 'cache', 'derive', 'domain', 'paths', 'table', 'ui', 'util'],
  },
  paths: { may: [] },
  routes: { may: ['pages', 'paths', 'ui'] },
  early: { may: ['config', 'cache', 'wire', 'domain', 'paths'] },
  main: { may: ['use-config', 'actions', 'cache', 'early', 'routes', 'ui'] },
  'sandbox/world': { may: [] },
  'sandbox/http': { may: ['sandbox/world'] },
  'sandbox/push': { may: ['sandbox/http', 'sandbox/world'] },
  'sandbox/control': { may: ['sandbox/push', 'sandbox/http', 'sandbox/world'] },
  sandbox: {
    may: ['sandbox/control', 'sandbox/push', 'sandbox/http', 'sandbox/world'],
    types: ['wire', 'domain', 'util'],
  },
  deploy: { may: [] },
  e2e: { may: [], types: ['sandbox'] },
}

/** Rooms that must stay free of React: what is true does not depend on how it is drawn. */
const WITHOUT_REACT = new Set(['clock', 'config', 'domain', 'wire', 'derive', 'util', 'sandbox'])

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const root = path.resolve(import.meta.dirname, '..')

const files = ['src', 'sandbox', 'deploy', 'e2e'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file)),
)

const isForTests = (file: string): boolean => /\.spec\.tsx?$|\/testing\//.test(file)

const sources = files.filter((file) => !isForTests(file))

const importsIn = (some: readonly string[]): readonly Import[] =>
  some.flatMap((file) => importsOf(file, readFileSync(path.join(root, file), 'utf8')))

const imports = importsIn(sources)

/** Specs that run the client against a real sandbox, over HTTP; to all others it is closed, types included. */
const ON_A_SANDBOX = new Set(['src/faults.spec.ts', 'src/testing/faults.fixture.ts'])

/** Specs of the client that lean on the sandbox: it may share a misreading with the code under test. */
const leaning = (all: readonly Import[]): readonly string[] =>
  all
    .filter(({ from, to }) => from.startsWith('src/') && to.startsWith('sandbox/'))
    .filter(({ from }) => !ON_A_SANDBOX.has(from))
    .map(({ from, to }) => `${from} imports ${to}`)

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

/** The room of a file: the innermost listed folder, or its own name for the few files that stand at the top of src. */
function roomOf(file: string): string {
  const parts = file.replace(/^src\//, '').split('/')
  const folders = parts.map((_, depth) => parts.slice(0, depth).join('/')).slice(1)
  const listed = folders.findLast((folder) => folder in ROOMS)
  return listed ?? folders[0] ?? parts[0]?.replace(/\.tsx?$/, '') ?? ''
}

/** A name opens the room itself and, to rooms outside of it, the rooms in it. */
const opens = (name: string, room: string, other: string): boolean => {
  const [top = ''] = name.split('/')
  const isOutside = room !== top && !room.startsWith(`${top}/`)
  return name === other || (isOutside && other.startsWith(`${name}/`))
}

function offences(all: readonly Import[]): readonly string[] {
  return all
    .filter(({ from, to, typeOnly }) => {
      const [room, other] = [roomOf(from), roomOf(to)]
      if (!isOurs(to) || room === other) return false
      const { may = [], types = [] } = ROOMS[room] ?? {}
      const isOpen = (names: readonly string[]) => names.some((name) => opens(name, room, other))
      return !isOpen(may) && !(typeOnly && isOpen(types))
    })
    .map(({ from, to }) => `${from} imports ${to}`)
}

/** The files on a way of imports from a file back to itself; empty when there is none. Types do not count. */
function cycleFrom(start: string, all: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>()
  const ways: string[][] = [[start]]
  for (let way = ways.pop(); way; way = ways.pop()) {
    for (const next of all.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return way
      if (!seen.has(next)) ways.push([...way, next])
      seen.add(next)
    }
  }
  return []
}

describe('the rooms', () => {
  it('are all listed', () => {
    const found = new Set(sources.map(roomOf))
    expect([...found].filter((room) => !(room in ROOMS))).toEqual([])
  })

  it('import only what their neighbours may see', () => {
    expect(offences(imports)).toEqual([])
  })

  it('import nothing in a circle', () => {
    const all = groupBy(
      imports.filter(({ to, typeOnly }) => isOurs(to) && !typeOnly),
      ({ from }) => from,
    )
    const to = new Map([...all].map(([from, some]) => [from, some.map((one) => one.to)]))
    expect(sources.filter((file) => cycleFrom(file, to).length > 0)).toEqual([])
  })

  it('of the client are tested without the sandbox, except where it is started over HTTP', () => {
    expect(leaning(importsIn(files.filter(isForTests)))).toEqual([])
    const code = `import type { Table } from '../../../sandbox/world/table.ts'`
    expect(leaning(importsOf('src/cache/roster/x.spec.ts', code))).toHaveLength(1)
    expect(leaning(importsOf('src/testing/x.fixture.ts', code.replace('../', '')))).toHaveLength(1)
  })

  it('that hold pure logic or the wire do without React', () => {
    const found = imports.filter(
      ({ from, to }) => WITHOUT_REACT.has(roomOf(from)) && /^(react|@tanstack)/.test(to),
    )
    expect(found.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('report an import that reaches past a neighbour', () => {
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

const nameOf = (room: string): string => room.replaceAll(/[^a-z]/g, '_')

/** The picture of the house: each arrow is drawn because some file of a room imports from another. */
function picture(): string {
  const isShown = (room: string) => room in ROOMS && !/^(deploy|e2e|sandbox)/.test(room)
  const arrows = imports
    .filter(({ from, to, typeOnly }) => isOurs(from) && isOurs(to) && !typeOnly)
    .map(({ from, to }) => [roomOf(from), roomOf(to)] as const)
    .filter(([from, to]) => from !== to && isShown(from) && isShown(to))
    .map(([from, to]) => `  ${nameOf(from)} --> ${nameOf(to)}`)
  const shown = Object.keys(ROOMS).filter(isShown)
  return [
    '# The house',
    '',
    'Drawn from the imports of the code by `src/rooms.spec.ts` (`npx vitest run src/rooms.spec.ts --update`), which also',
    'refuses any arrow that is not allowed, and circles. What lives in each room: README.md,',
    '"Rooms".',
    '',
    '```mermaid',
    'flowchart TD',
    ...shown.map((room) => `  ${nameOf(room)}["${room}"]`),
    ...[...new Set(arrows)].toSorted(),
    '```',
    '',
  ].join('\n')
}

describe('the picture of the house', () => {
  it('is that of the imports', async () => {
    await expect(picture()).toMatchFileSnapshot(path.join(root, 'docs/house.md'))
  })
})
