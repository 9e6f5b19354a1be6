import { BadOption, FLAGS_HELP, parseFlags } from './options.ts'
import { accountLines, listen, serverOf } from './listen.ts'
import { createSandbox } from './sandbox.ts'

const HELP = `A VoIPBIN-compatible server with a living, simulated world. Plain HTTP, for development.

  tsx sandbox/main.ts [flags]

  --port N          first port to try (8787)
${FLAGS_HELP}
  --help            this text`

async function main(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2))
  if (flags.help) {
    console.log(HELP)
    return
  }
  const sandbox = createSandbox(flags.world)
  const server = serverOf(sandbox)
  const port = await listen(server, flags.port ?? 8787)
  console.log(
    `VoIPBIN sandbox at http://localhost:${port} (control: http://localhost:${port}/sandbox)`,
  )
  for (const line of accountLines(sandbox)) console.log(`  ${line}`)
  const stop = (): void => {
    sandbox.close()
    server.close()
    server.closeAllConnections()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

main().catch((error: unknown) => {
  if (!(error instanceof BadOption)) throw error
  console.error(`${error.message} See --help.`)
  process.exitCode = 2
})
