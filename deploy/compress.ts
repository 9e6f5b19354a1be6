import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Text that is served as it was built; config.json is written by each installation. */
const COMPRESSED = /\.(js|css|html|svg)$/

/** Below this, in bytes, an answer fits into one packet either way. */
const WORTH_IT = 1000

/** Puts a `.br` and a `.gz` beside each built file, so that a server need not compress (deploy/nginx). */
export function precompress(): Plugin {
  let directory = ''
  return {
    name: 'rollcall:precompress',
    apply: 'build',
    configResolved: ({ root, build }) => {
      directory = path.resolve(root, build.outDir)
    },
    closeBundle: { order: 'post', handler: () => compressAll(directory) },
  }
}

function compressAll(directory: string): void {
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!COMPRESSED.test(file)) continue
    const place = path.join(directory, file)
    const content = readFileSync(place)
    if (content.length < WORTH_IT) continue
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    writeFileSync(`${place}.br`, brotliCompressSync(content, { params }))
    writeFileSync(`${place}.gz`, gzipSync(content, { level: 9 }))
  }
}
