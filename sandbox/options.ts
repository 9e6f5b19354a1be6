import { parseArgs } from 'node:util'
import type { Population } from './world/populate.ts'

/** The sandbox's default customer. */
export interface SandboxOptions extends Population {
  readonly seed: number
}

/** A busy afternoon. */
export const DEFAULTS: SandboxOptions = {
  seed: 1,
  conferences: 14,
  live: 90,
  history: 600,
  rate: 1,
}

/** An invalid flag or setting; the message is one sentence for the terminal. */
export class BadOption extends Error {
  override name = 'BadOption'
}

/** The flags that every way of running the sandbox reads, for `--help`. */
export const FLAGS_HELP = `  --conferences N   conferences of the default customer (${DEFAULTS.conferences})
  --live N          participants joining or joined (${DEFAULTS.live})
  --history N       participants already gone (${DEFAULTS.history})
  --rate N          tempo: 1 = a busy afternoon, 0 = nothing happens by itself (${DEFAULTS.rate})
  --seed N          same seed, same world (${DEFAULTS.seed})`

const NUMBER_FLAGS = ['seed', 'conferences', 'live', 'history', 'rate', 'port'] as const

/** Command-line flags, or a BadOption. `no-build` is meant for start.ts, `help` for the terminal. */
export function parseFlags(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = {
    ...Object.fromEntries(NUMBER_FLAGS.map((name) => [name, text])),
    help: flag,
    'no-build': flag,
  }
  let values: Readonly<Record<string, unknown>>
  try {
    values = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error))
  }
  const world = Object.fromEntries(
    NUMBER_FLAGS.filter((name) => name !== 'port').map((name) => [
      name,
      numberFlag(name, values[name], DEFAULTS[name]),
    ]),
  )
  return {
    world: { ...DEFAULTS, ...world },
    port: values['port'] === undefined ? undefined : numberFlag('port', values['port'], 0),
    help: values['help'] === true,
    build: values['no-build'] !== true,
  }
}

function numberFlag(name: (typeof NUMBER_FLAGS)[number], value: unknown, fallback: number): number {
  if (typeof value !== 'string') return fallback
  const number = Number(value)
  const whole = name === 'rate' || Number.isInteger(number)
  const inRange = number >= 0 && number <= (name === 'port' ? 65_535 : 10_000_000)
  if (value.trim() !== '' && whole && inRange) return number
  throw new BadOption(
    `--${name} wants a ${name === 'rate' ? '' : 'whole '}number of at least 0, not "${value}".`,
  )
}
