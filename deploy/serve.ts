import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import { contentSecurityPolicy, developmentPolicy, FIXED_HEADERS, META_POLICY } from './headers.ts'

/**
 * Sends the security headers with everything that Vite's two servers answer, and writes into the built page what
 * of them a page can say itself.
 */
export function securityHeaders(): Plugin {
  const nonce = randomBytes(16).toString('base64')
  return {
    name: 'rollcall:security-headers',
    config: (_config, { command, isPreview }) =>
      command === 'serve' && isPreview !== true ? { html: { cspNonce: nonce } } : {},
    configureServer: (server) => {
      send(server, developmentPolicy(apiBaseIn(server.config.publicDir), nonce))
    },
    configurePreviewServer: (server) => {
      const { root, build } = server.config
      send(server, contentSecurityPolicy(apiBaseIn(path.resolve(root, build.outDir))))
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { server }) =>
        server === undefined
          ? [
              {
                tag: 'meta',
                attrs: { 'http-equiv': 'Content-Security-Policy', content: META_POLICY },
                injectTo: 'head-prepend',
              },
            ]
          : [],
    },
  }
}

function send({ middlewares }: ViteDevServer | PreviewServer, policy: string): void {
  const headers = Object.entries({ ...FIXED_HEADERS, 'Content-Security-Policy': policy })
  middlewares.use((_request: IncomingMessage, response: ServerResponse, next: () => void) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    next()
  })
}

/** What config.json says of the API's origin; empty when it says nothing. The page itself reports what is wrong. */
function apiBaseIn(directory: string): string {
  try {
    const config: unknown = JSON.parse(readFileSync(path.join(directory, 'config.json'), 'utf8'))
    const isObject = typeof config === 'object' && config !== null
    if (!isObject || !('apiBase' in config) || typeof config.apiBase !== 'string') return ''
    // A policy has one line, and this goes into the middle of it.
    return /^https?:\/\/[\w.:[\]-]+$/.test(config.apiBase) ? config.apiBase : ''
  } catch {
    return ''
  }
}
