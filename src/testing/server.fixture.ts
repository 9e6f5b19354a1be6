import type { Participant } from '../../sandbox/world/records.ts'
import { Table } from '../../sandbox/world/table.ts'
import { fixedTime, parseToken } from '../../sandbox/http/wire-time.ts'
import { conferencecallOnWire } from '../../sandbox/http/wire.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { json, stubFetch, type Sent } from './fetch.fixture.ts'

/** A participant as the world has it; `raw.version` counts its changes, so that a spec can tell them apart. */
export type Row = Participant

const PATH = '/v1.0/conferencecalls'

const CUSTOMER = '5e4a0680-804e-11ec-8477-2fea5968d85b'

/** Where everyone is who is not said to be elsewhere. */
export const CONFERENCE = '99accfb7-c0dd-4a54-997d-dd18af7bc280'

/** What the server says of one that it does not have (voipbin-api.md 4.2). */
const MISSING = { error: { status: 'INVALID_ARGUMENT', reason: 'INVALID_ARGUMENT' } }

/** All participants of a customer behind the platform's list: the sandbox's own cursor and wire format. */
export class World {
  readonly rows = new Table<Row>()
  readonly #unlisted = new Set<string>()
  #count = 0

  /** The server's clock is the browser's. */
  get now(): Micros {
    return fromMillis(Date.now())
  }

  /** Somebody comes; by default now, and into the conference at once. */
  join({ created = this.now, ...wish }: Partial<Row> = {}): Row {
    this.#count += 1
    const row: Row = {
      id: `p${this.#count}`,
      created,
      updated: null,
      deleted: null,
      conferenceId: CONFERENCE,
      callId: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
      activeflowId: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a12',
      status: 'joined',
      raw: { version: 0 },
      ...wish,
    }
    this.rows.insert(row)
    return row
  }

  /** So many who have left, and came so many microseconds one after another, the last of them then. */
  history(count: number, { step = 1_000_000, until = this.now - 1 } = {}): readonly Row[] {
    const first = until - (count - 1) * step
    return Array.from({ length: count }, (_, index) =>
      this.join({ status: 'leaved', created: first + index * step }),
    )
  }

  /** A change of status. No two of one row are of the same microsecond. */
  change(row: Row, status: Row['status']): void {
    row.updated = Math.max(this.now, (row.updated ?? row.created) + 1)
    row.status = status
    row.raw = { version: versionOf(row.raw) + 1 }
  }

  /** The list knows nothing of him any more, but his record can be read. */
  unlist(row: Row): void {
    this.#unlisted.add(row.id)
  }

  relist(row: Row): void {
    this.#unlisted.delete(row.id)
  }

  /** What the platform answers now. */
  answer(sent: Sent): Response {
    const body = this.bodyOf(sent)
    return body ? json(body) : json(MISSING, { status: 400 })
  }

  /** The page or the record that is asked for; null when there is none. */
  bodyOf({ url }: Sent): object | null {
    if (url.pathname === PATH) return this.page(url.searchParams.get('page_token'))
    const row = this.rows.get(url.pathname.slice(PATH.length + 1))
    return row ? onWire(row) : null
  }

  /** A page as the platform makes it: a hundred rows at most, strictly older than the token. */
  page(token: string | null) {
    const cursor = token === null ? this.now : parseToken(token)
    if (cursor === undefined) throw new Error(`not a token: ${token}`)
    const page = this.rows.before(cursor, 100, ({ id }) => !this.#unlisted.has(id))
    const last = page.at(-1)
    return { result: page.map(onWire), next_page_token: last ? fixedTime(last.created) : '' }
  }
}

/** How often a record had changed when it was sent. */
export const versionOf = (raw: Readonly<Record<string, unknown>> = {}): number =>
  Number(raw['version'])

const onWire = (row: Row) => conferencecallOnWire(row, CUSTOMER, 'rfc3339')

/** What requests asked for, shortly: 'head', 'page' or the id. */
export const asked = ({ url }: Sent): string => {
  if (url.pathname !== PATH) return url.pathname.slice(PATH.length + 1)
  return url.searchParams.has('page_token') ? 'page' : 'head'
}

/** Puts a world in place of the network, whose answers a spec may replace. Returns what was asked; it grows. */
export function serve(world: World, instead: (sent: Sent) => Response | null = () => null) {
  const log: string[] = []
  stubFetch((sent) => {
    log.push(asked(sent))
    return instead(sent) ?? world.answer(sent)
  })
  return log
}
