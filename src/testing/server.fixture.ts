import { fromMillis, type Micros } from '~/domain/time.ts'
import { json, stubFetch, type Sent } from './fetch.fixture.ts'
import { cursorOf, recordTime, RecordList, tokenTime } from './list.fixture.ts'

/** A participant as the server has it. Times are microseconds. */
export interface Row {
  readonly id: string
  readonly created: Micros
  updated: Micros | null
  deleted: Micros | null
  conferenceId: string
  readonly callId: string
  readonly activeflowId: string
  status: 'joining' | 'joined' | 'leaving' | 'leaved'
  /** Fields that its record has besides; `version` counts its changes, so that a spec can tell them apart. */
  raw: Readonly<Record<string, unknown>>
}

const PATH = '/v1.0/conferencecalls'

const CUSTOMER = '5e4a0680-804e-11ec-8477-2fea5968d85b'

/** The conference of each participant of which a spec says nothing else. */
export const CONFERENCE = '99accfb7-c0dd-4a54-997d-dd18af7bc280'

/** The answer about a participant that the server does not have (voipbin-api.md 4.2). */
const MISSING = { error: { status: 'INVALID_ARGUMENT', reason: 'INVALID_ARGUMENT' } }

/** All participants of a customer behind the platform's list (voipbin-api.md 3, 4). */
export class World {
  readonly rows = new RecordList<Row>()
  readonly #unlisted = new Set<string>()
  #count = 0

  /** The server's clock is the browser's. */
  get now(): Micros {
    return fromMillis(Date.now())
  }

  /** Adds a participant; by default it joins now, and is in the conference at once. */
  join({ created = this.now, ...fields }: Partial<Row> = {}): Row {
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
      ...fields,
    }
    this.rows.insert(row)
    return row
  }

  /** Adds participants that have left: created `step` microseconds one after another, the last of them at `until`. */
  history(count: number, { step = 1_000_000, until = this.now - 1 } = {}): readonly Row[] {
    const first = until - (count - 1) * step
    return Array.from({ length: count }, (_, index) =>
      this.join({ status: 'leaved', created: first + index * step }),
    )
  }

  /** Changes the status. No two changes of one row are of the same microsecond. */
  change(row: Row, status: Row['status']): void {
    row.updated = Math.max(this.now, (row.updated ?? row.created) + 1)
    row.status = status
    row.raw = { version: versionOf(row.raw) + 1 }
  }

  /** Leaves the row out of the list; its record can still be read. */
  unlist(row: Row): void {
    this.#unlisted.add(row.id)
  }

  relist(row: Row): void {
    this.#unlisted.delete(row.id)
  }

  /** The platform's answer to this request, as of now. */
  answer(sent: Sent): Response {
    const body = this.bodyOf(sent)
    return body ? json(body) : json(MISSING, { status: 400 })
  }

  /** The page or the record that the request asks for; null when there is none. */
  bodyOf({ url }: Sent): object | null {
    if (url.pathname === PATH) return this.page(url.searchParams.get('page_token'))
    const row = this.rows.get(url.pathname.slice(PATH.length + 1))
    return row ? onWire(row) : null
  }

  /** The page that a token asks for: strictly older than the token, or than now (voipbin-api.md 3). */
  page(token: string | null) {
    const cursor = token === null ? this.now : cursorOf(token)
    const page = this.rows.page(cursor, ({ id }) => !this.#unlisted.has(id))
    const last = page.at(-1)
    return { result: page.map(onWire), next_page_token: last ? tokenTime(last.created) : '' }
  }
}

/** How often a record had changed when it was sent. */
export const versionOf = (raw: Readonly<Record<string, unknown>> = {}): number =>
  Number(raw['version'])

/** A conferencecall as the platform sends it, key for key (voipbin-api.md 4.1). */
const onWire = (row: Row) => ({
  id: row.id,
  customer_id: CUSTOMER,
  activeflow_id: row.activeflowId,
  conference_id: row.conferenceId,
  reference_type: 'call',
  reference_id: row.callId,
  status: row.status,
  tm_create: recordTime(row.created),
  tm_update: row.updated === null ? null : recordTime(row.updated),
  tm_delete: row.deleted === null ? null : recordTime(row.deleted),
  ...row.raw,
})

/** What a request asks for: 'head', 'page' or the id of a participant. */
export const asked = ({ url }: Sent): string => {
  if (url.pathname !== PATH) return url.pathname.slice(PATH.length + 1)
  return url.searchParams.has('page_token') ? 'page' : 'head'
}

/**
 * Puts a world in place of the network; a spec may replace single answers.
 *
 * @returns what was asked for; it grows
 */
export function serve(world: World, instead: (sent: Sent) => Response | null = () => null) {
  const log: string[] = []
  stubFetch((sent) => {
    log.push(asked(sent))
    return instead(sent) ?? world.answer(sent)
  })
  return log
}
