import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Sandbox } from './sandbox.ts'

/** A server, not yet listening, that only the sandbox answers. */
export function serverOf(sandbox: Sandbox): Server {
  const server = createServer((request, response) => void sandbox.handle(request, response))
  server.on('upgrade', (request, socket, head) => sandbox.upgrade(request, socket, head))
  return server
}

/** Listens on `port` or the next free one after it (0 = any); resolves with the port. */
export async function listen(server: Server, port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    try {
      server.listen(candidate)
      await once(server, 'listening')
      return portOf(server)
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken || candidate >= port + 100) throw error
    }
  }
}

/** The port a server listens on. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

/** One line per account that can sign in, for the terminal. */
export function accountLines(sandbox: Sandbox): string[] {
  const accounts = accountsOf(sandbox).map(
    ({ label, username, password }) => `${label}: ${username} / ${password}`,
  )
  return [...accounts, `Access key: ${sandbox.home.accesskey}`]
}

export interface Account {
  readonly label: string
  readonly username: string
  readonly password: string
}

/** The accounts that a sign-in page may offer: the default customer's, and the superadmin. */
export function accountsOf(sandbox: Sandbox): Account[] {
  const root = sandbox.platform.agent('root@voipbin.example')
  const agents = [...sandbox.home.agents, ...(root === undefined ? [] : [root.agent])]
  return agents.map(({ name, username, password, permission }) => {
    return { label: `${name} (${LABELS[permission] ?? 'agent'})`, username, password }
  })
}

const LABELS: Readonly<Record<number, string>> = {
  1: 'VoIPBIN superadmin',
  16: 'agent without rights',
  32: 'admin',
  64: 'manager',
}
