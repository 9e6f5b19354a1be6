import { build, preview, type PreviewServer } from 'vite'
import { BadOption, FLAGS_HELP, parseFlags } from './options.ts'
import { upstreamFrom, type Upstream } from './upstream.ts'

const HELP = `Builds Rollcall and serves it together with a VoIPBIN.

  npm start -- [flags]

  --port N          first port to try (4173)
  --no-build        serve the last build
${FLAGS_HELP}
  --help            this text

  ROLLCALL_API=https://api.voipbin.net npm start   serves it in front of a real VoIPBIN instead
  ROLLCALL_API_CA=file.pem                         trusts the authorities in this file for it, and no others
  ROLLCALL_API_INSECURE=1                          does not verify its certificate: for a trial only`

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const flags = parseFlags(args)
  if (flags.help) {
    console.log(HELP)
    return
  }
  // Read here too: Vite would hide the sentence of a BadOption in a stack trace.
  const upstream = upstreamFrom(process.env)
  // vite.config.ts makes the sandbox, and reads its flags from here.
  process.env['ROLLCALL_SANDBOX'] = worldFlags(flags.world)
  if (flags.build) {
    console.log('Building…')
    await build({ logLevel: 'warn' })
  }
  const server = await preview({ preview: { port: flags.port ?? 4173, strictPort: false } })
  announce(server, upstream)
  const stop = (): void => {
    // Vite listens for SIGTERM too and would exit with 143, unless a code has been set.
    process.exitCode = 0
    void server.close().then(() => process.exit())
    // Browsers keep connections open, and close() would wait for them.
    if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function worldFlags(world: ReturnType<typeof parseFlags>['world']): string {
  return Object.entries(world)
    .map(([name, value]) => `--${name} ${value}`)
    .join(' ')
}

function announce(server: PreviewServer, upstream: Upstream | null): void {
  const url = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0] ?? ''
  console.log(`Rollcall is at ${url}`)
  if (upstream === null)
    console.log('Sign in as support@rollcall.example with the password rollcall.')
  else console.log(`It speaks to ${upstream.origin}; sign in with an account of that VoIPBIN.`)
}

main().catch((error: unknown) => {
  const known = error instanceof BadOption
  console.error(known ? `${error.message} See --help.` : error)
  process.exit(known ? 2 : 1)
})
