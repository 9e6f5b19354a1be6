import { afterEach, beforeEach, vi } from 'vitest'
import { THEN } from './participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import type { Sent } from './fetch.fixture.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { asked, serve, World, type Row } from './server.fixture.ts'
import { Sync } from '~/cache/roster/sync.ts'

/** Milliseconds between two polls. */
export const INTERVAL = 3000

const { signal: never } = new AbortController()

/** A world of its own and somebody who watches it. The clocks stand still until the spec moves them. */
export class Watch {
  readonly client = createQueryClient()
  readonly world = new World()
  /** What was asked for since this was last taken. */
  readonly log: string[]
  sync = new Sync(this.client, INTERVAL)
  /** Answers in place of the world. */
  instead: (sent: Sent) => Response | null = () => null

  constructor() {
    this.log = serve(this.world, (sent) => this.instead(sent))
  }

  get roster() {
    return rosterOf(this.client)
  }

  statusOf = (row: Row): string | undefined => this.roster.get(row.id)?.participant.status

  /** How many of these are held as they are. */
  known = (rows: readonly Row[]): number =>
    rows.filter((row) => this.statusOf(row) === row.status).length

  /** Lets this fail, or whatever else it does, the next time it is asked for. */
  once(what: string, answer: () => Response): void {
    this.instead = (sent) => {
      if (asked(sent) !== what) return null
      this.instead = () => null
      return answer()
    }
  }

  /** A poll, an interval after the last one. Returns what it asked for. */
  async poll(after = INTERVAL): Promise<readonly string[]> {
    vi.advanceTimersByTime(after)
    return this.asked(() => this.sync.tick(never))
  }

  sweep = (): Promise<readonly string[]> => this.asked(() => this.sync.sweep(never))
  look = (): Promise<readonly string[]> => this.asked(() => this.sync.look(never))

  async asked(work: () => Promise<unknown>): Promise<readonly string[]> {
    this.log.length = 0
    await work()
    return [...this.log]
  }

  /** Reads all there is, as the first minutes do. */
  async begin(): Promise<void> {
    await this.poll()
    await this.sweep()
    await this.poll()
  }
}

/** A watch for each spec of the file, made before it; the clocks stand at THEN. */
export function watchEach(): () => Watch {
  let watch: Watch
  beforeEach(() => {
    vi.useFakeTimers({ now: toMillis(THEN), toFake: ['Date', 'performance'] })
    watch = new Watch()
  })
  afterEach(() => {
    watch.client.clear()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  return () => watch
}
