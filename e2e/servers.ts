import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Server as NetServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createServer as createTlsServer } from 'node:tls'

/** A server that a test starts beside Playwright's own. */
export interface Running {
  /** The origin, with the port that was free. */
  readonly origin: string
  readonly close: () => Promise<void>
}

const root = path.resolve(import.meta.dirname, '..')

const fixture = (file: string): string => path.join(root, 'sandbox/fixtures', file)

/** The certificate of `startTlsFront`, for localhost. It is its own authority, which no machine trusts. */
export const CERTIFICATE = fixture('localhost.pem')

async function listen(server: NetServer): Promise<number> {
  server.listen(0)
  await once(server, 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has one
  return (server.address() as AddressInfo).port
}

/**
 * Puts TLS with an unknown authority in front of a plain origin, bytes passed on as they are.
 * `received` is all that clients sent once the connection was encrypted.
 */
export async function startTlsFront(
  behind: string,
): Promise<Running & { readonly received: () => string }> {
  const chunks: Buffer[] = []
  const key = readFileSync(fixture('localhost-key.pem'))
  const server = createTlsServer({ key, cert: readFileSync(CERTIFICATE) }, (client) => {
    const upstream = connect(Number(new URL(behind).port), new URL(behind).hostname)
    client.on('data', (chunk: Buffer) => chunks.push(chunk))
    client.pipe(upstream).pipe(client)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  return {
    origin: `https://localhost:${port}`,
    received: () => Buffer.concat(chunks).toString('latin1'),
    close: async () => void server.close(),
  }
}

/** Another origin that lets every page in, answers with `page`, and keeps what it is sent: `METHOD path body`. */
export async function startStranger(
  page = '{"result":[],"token":"stolen"}',
): Promise<Running & { readonly received: readonly string[] }> {
  const received: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push(`${request.method} ${request.url} ${await textOf(request)}`)
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*, Authorization, Content-Type',
      'Access-Control-Allow-Methods': '*',
      'Content-Type': 'text/html',
    })
    response.end(page)
  }
  const server = createServer((request, response) => void answer(request, response))
  const port = await listen(server)
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** A program of this repository, until it prints `ready`. `printed` is what it wrote to both streams so far. */
async function startProgram(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<{
  readonly match: RegExpExecArray
  readonly printed: () => string
  readonly close: () => Promise<void>
}> {
  const [file = '', ...args] = command
  const child = spawn(file, args, { cwd: root, env: { ...process.env, ...environment } })
  let text = ''
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const found = ready.exec(text)
      if (found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`${command.join(' ')} ended with ${code}: ${text}`)),
    )
  })
  return { match, printed: () => text, close: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** Runs `npm start` without its build, on a free port, with this environment. */
export async function startApp(
  environment: Readonly<Record<string, string>>,
): Promise<Running & { readonly printed: () => string }> {
  const command = [
    process.execPath,
    '--import',
    'tsx',
    'sandbox/start.ts',
    '--no-build',
    '--port',
    '0',
  ]
  const { match, printed, close } = await startProgram(
    command,
    environment,
    /Rollcall is at (http:\/\/localhost:\d+)/,
  )
  return { origin: match[1] ?? '', printed, close }
}

/** `npm run dev`, on a free port. */
export async function startDevelopment(): Promise<Running> {
  const port = await freePort()
  const { close } = await startProgram(
    [process.execPath, 'node_modules/vite/bin/vite.js', '--port', String(port), '--strictPort'],
    {},
    // Colours may come between the word and its colon.
    /Local/,
  )
  return { origin: `http://localhost:${port}`, close }
}

/** The sandbox alone, on a free port. */
export async function startSandbox(): Promise<Running> {
  const { match, close } = await startProgram(
    [process.execPath, '--import', 'tsx', 'sandbox/main.ts', '--port', '0', '--live', '0'],
    {},
    /VoIPBIN sandbox at (http:\/\/localhost:\d+)/,
  )
  return { origin: match[1] ?? '', close }
}

/** Whether nginx is installed. @throws Error in CI without it: there its journeys must not be left out */
export function hasNginx(): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin']
  const found = folders.some((folder) => isExecutable(path.join(folder, 'nginx')))
  if (!found && process.env['CI']) throw new Error('CI needs nginx: apt-get install nginx.')
  return found
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** nginx as deploy/nginx/start.sh configures it from this environment, with the built app, on a free port. */
export async function startNginx(
  environment: Readonly<Record<string, string>>,
): Promise<Running & { readonly printed: () => string; readonly accessLog: () => string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-nginx-'))
  // Started by root, nginx serves as another user, which may not read the folder of a clone.
  chmodSync(folder, 0o755)
  cpSync(path.join(root, 'dist'), path.join(folder, 'dist'), { recursive: true })
  const log = path.join(folder, 'access.log')
  const port = await freePort()
  const { printed, close } = await startProgram(
    ['sh', 'deploy/nginx/start.sh'],
    {
      ROLLCALL_ROOT: path.join(folder, 'dist'),
      ROLLCALL_RUN: path.join(folder, 'run'),
      ROLLCALL_ACCESS_LOG: log,
      ROLLCALL_SERVER_PORT: String(port),
      ...environment,
    },
    /Rollcall listens on port/,
  )
  return {
    origin: `http://localhost:${port}`,
    printed,
    accessLog: () => readFileSync(log, 'utf8'),
    close: async () => {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}
