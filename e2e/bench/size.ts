import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * What may be fetched until the first participant rows are on the screen: JS and CSS, gzip. Bytes. It serves users:
 * when code would have to be bent for a kilobyte, it is raised with the reason (README, "Size").
 */
export const SIZE_BUDGET = 183_000

/** A smaller chunk costs a request for next to nothing: it belongs to what loads it. Bytes, not compressed. */
const LEAST_CHUNK = 2000

const dist = path.resolve(import.meta.dirname, '../../dist')

/**
 * The files that the page names itself. That nothing else is fetched before the first rows are on the screen
 * is shown in e2e/size.spec.ts.
 */
export function firstFiles(): readonly string[] {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8')
  return [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, file = '']) => file)
}

/** The size of a built file as a browser fetches it, in bytes. */
export const gzipSize = (file: string): number =>
  gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length

/** Chunks of code that are too small to be loaded by themselves, but for the bundler's own. */
const crumbs = (): readonly string[] =>
  readdirSync(path.join(dist, 'assets'))
    .filter((file) => file.endsWith('.js') && !file.startsWith('rolldown-runtime'))
    .filter((file) => readFileSync(path.join(dist, 'assets', file)).length < LEAST_CHUNK)

if (process.argv[1] === import.meta.filename) {
  const sizes = firstFiles().map((file) => [file, gzipSize(file)] as const)
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  for (const [file, size] of sizes)
    console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`)
  console.log(
    `${(total / 1000).toFixed(1).padStart(7)} kB  of ${SIZE_BUDGET / 1000} kB to the first rows, gzip`,
  )
  if (total > SIZE_BUDGET) {
    console.error(
      'Over the size budget: what is not needed for the first rows must be loaded later.',
    )
    process.exitCode = 1
  }
  const small = crumbs()
  if (small.length > 0) {
    console.error(`Chunks under ${LEAST_CHUNK / 1000} kB: ${small.join(', ')}`)
    process.exitCode = 1
  }
}
