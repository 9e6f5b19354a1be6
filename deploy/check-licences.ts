import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Licences under which a library may ship in the bundle: they ask for a notice, and nothing of the rest. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
])

interface Shipped {
  readonly library: string
  readonly licence: string
}

/** What the notices of a build (`build.license` in vite.config.ts) say is in the bundle. */
export function shippedIn(notices: string): readonly Shipped[] {
  const heads = notices.matchAll(/^## (\S+ - \S+)(?: \((.+)\))?$/gm)
  return [...heads].map(([, library = '', licence = 'none']) => ({ library, licence }))
}

/** The libraries that may not ship, as `library: licence`. */
export const refusedOf = (shipped: readonly Shipped[]): readonly string[] =>
  shipped
    .filter(({ licence }) => !ALLOWED.has(licence))
    .map(({ library, licence }) => `${library}: ${licence}`)

if (process.argv[1] === import.meta.filename) {
  const file = path.resolve(import.meta.dirname, '../dist/third-party-licences.md')
  const shipped = shippedIn(readFileSync(file, 'utf8'))
  const refused = refusedOf(shipped)
  if (shipped.length === 0) throw new Error(`${file} names no library: its format has changed.`)
  if (refused.length === 0) {
    const licences = [...new Set(shipped.map(({ licence }) => licence))].toSorted().join(', ')
    console.log(`Licences of the ${shipped.length} libraries that ship: ${licences}.`)
  } else {
    console.error(`These may not ship under their licence:\n${refused.join('\n')}`)
    process.exitCode = 1
  }
}
