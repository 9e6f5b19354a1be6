import { afterEach, beforeEach, vi } from 'vitest'
import { THEN } from './participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import type { Sent } from './fetch.fixture.ts'
import { unpacedClient } from './client.fixture.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { asked, serve, World, type Row } from './server.fixture.ts'
import { Sync } from '~/cache/roster/sync.ts'

/** Milliseconds between two polls. */
export const INTERVAL = 3000

const { signal: never } = new AbortController()

/**
 * A world of its own and a client that watches it. The clocks stand still until the spec moves
 * them.
 */
export class Watch {
  readonly client = unpacedClient()
  readonly world = new World()
  /** Requests since the log was last cleared. */
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

  /** How many of these rows are held as they are. */
  known = (rows: readonly Row[]): number =>
    rows.filter((row) => this.statusOf(row) === row.status).length

  /** Replaces the next answer to this request. */
  once(what: string, answer: () => Response): void {
    this.instead = (sent) => {
      if (asked(sent) !== what) return null
      this.instead = () => null
      return answer()
    }
  }

  /** Polls once, an interval after the last poll. Returns the requests sent. */
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

  /** Reads the whole list, as the first minutes do. */
  async begin(): Promise<void> {
    await this.poll()
    await this.sweep()
    await this.poll()
  }
}

/** A new watch for each test of the file; the clocks stand at THEN. */
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
