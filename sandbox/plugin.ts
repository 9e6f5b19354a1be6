import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Plugin, PreviewServer, ResolvedConfig, ViteDevServer } from 'vite'
import { SOCKET_PATHS } from './push/handshake.ts'
import { isObject, tryParse, type JsonObject } from './world/json.ts'
import { accountsOf } from './listen.ts'
import { parseFlags } from './options.ts'
import { createSandbox, PREFIXES, type Sandbox } from './sandbox.ts'
import { proxyTo, warningsFor, type Upstream } from './upstream.ts'

export interface SandboxPluginOptions {
  /** A real VoIPBIN to proxy to; null or undefined = the sandbox answers. */
  readonly upstream?: Upstream | null | undefined
  /** Flags as on the command line, e.g. `--live 500 --rate 2`; default: the env ROLLCALL_SANDBOX. */
  readonly options?: string | undefined
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/**
 * Puts a VoIPBIN behind Vite's dev and preview servers, on the app's own origin: the sandbox,
 * or with `upstream` a proxy to a real one. Throws a BadOption for invalid flags.
 */
export function sandbox({ upstream, options }: SandboxPluginOptions): Plugin {
  const name = 'rollcall:sandbox'
  // Unit tests start their own servers.
  if (process.env['VITEST'] !== undefined) return { name }
  if (upstream) {
    const proxy = proxyTo(upstream)
    const warn = ({ config }: ViteDevServer | PreviewServer): void => {
      for (const warning of warningsFor(upstream)) config.logger.warn(warning)
    }
    return {
      name,
      config: () => ({ server: { proxy }, preview: { proxy } }),
      configureServer: warn,
      configurePreviewServer: warn,
    }
  }
  const flags = parseFlags(
    (options ?? process.env['ROLLCALL_SANDBOX'] ?? '').split(/\s+/).filter(Boolean),
  )
  let config: ResolvedConfig | undefined
  return {
    name,
    // The platform's own CORS answers are the contract; Vite's would come before them.
    config: () => ({ server: { cors: false }, preview: { cors: false } }),
    configResolved: (resolved) => {
      config = resolved
    },
    // Not returning a function makes Vite put the middleware before its own.
    configureServer: ({ middlewares, httpServer }) => {
      const world = createSandbox(flags.world)
      if (httpServer !== null) attach(world, httpServer)
      middlewares.use(mount(world, config?.publicDir ?? 'public'))
    },
    configurePreviewServer: ({ middlewares, httpServer }) => {
      const world = createSandbox(flags.world)
      attach(world, httpServer)
      middlewares.use(mount(world, join(config?.root ?? '.', config?.build.outDir ?? 'dist')))
    },
  }
}

/** Answers handshakes of the platform's sockets and leaves all others, such as Vite's own, alone. */
function attach(world: Sandbox, server: PreviewServer['httpServer']): void {
  server.once('close', () => world.close())
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (SOCKET_PATHS.includes(pathOf(request))) world.upgrade(request, socket, head)
  })
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/'
}

function mount(world: Sandbox, configDirectory: string): Middleware {
  return (request, response, next) => {
    const path = pathOf(request)
    if (path === '/config.json') void sendConfig(world, configDirectory, request, response)
    else if (PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))) {
      void world.handle(request, response)
    } else next()
  }
}

const CONFIG_COOKIE = 'rollcall_config'

/**
 * The settings of one browser over the installation's config.json: tests give each browser an installation of its own.
 *
 * @param cookies the header of the request, if any
 */
export function configOf(cookies = ''): JsonObject {
  const config = tryParse(
    new URLSearchParams(cookies.replaceAll('; ', '&')).get(CONFIG_COOKIE) ?? '',
  )
  return isObject(config) ? config : {}
}

/** Sends the installation's config.json with the settings of this browser and the accounts that can be offered. */
async function sendConfig(
  world: Sandbox,
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readFile(join(directory, 'config.json'), 'utf8').catch(() => '{}')
  const config = tryParse(text)
  if (!isObject(config)) {
    response
      .writeHead(500, { 'Content-Type': 'text/plain' })
      .end('config.json is not a JSON object.')
    return
  }
  const accounts = accountsOf(world)
  const offered = { accounts, accesskey: world.home.accesskey }
  const body = JSON.stringify({ ...config, ...configOf(request.headers.cookie), sandbox: offered })
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(body)
}
