/** A page that is told of participants as one tab tells another: no request and no JSON. */

/** What the page offers as `globalThis.bench`. */
export interface Fed {
  readonly fed: number
  readonly poll: (tick: number) => void
  readonly ids: readonly string[]
}

/** Runs in the page: tells it of all participants as soon as it has joined the other tabs. */
export function feedWhenJoined({ conference, size }: { conference: string; size: number }): void {
  const status = ['joining', 'joined', 'joined', 'joined', 'leaving', 'leaved']
  const next: Record<string, string> = { joining: 'joined', joined: 'leaving', leaving: 'leaved' }
  const start = Date.now()
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, where nothing else of this file is
  const idOf = () => crypto.randomUUID()
  const rowOf = (index: number) => {
    const created = (start - ((index * 7919) % 7_200_000)) * 1000
    return {
      id: idOf(),
      call: idOf(),
      flow: idOf(),
      status: status[index % 6] ?? '',
      created,
      updated: created,
    }
  }
  const rows = Array.from({ length: size }, (_, index) => rowOf(index))
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, where nothing else of this file is
  const wireTime = (micros: number) => new Date(micros / 1000).toISOString()
  const factOf = (row: (typeof rows)[number]) => ({
    id: row.id,
    customerId: conference,
    conferenceId: conference,
    activeflowId: row.flow,
    referenceType: 'call',
    referenceId: row.call,
    status: row.status,
    createdAt: row.created,
    updatedAt: row.updated,
    deletedAt: null,
    raw: {
      id: row.id,
      customer_id: conference,
      activeflow_id: row.flow,
      conference_id: conference,
      reference_type: 'call',
      reference_id: row.call,
      status: row.status,
      tm_create: wireTime(row.created),
      tm_update: wireTime(row.updated),
      tm_delete: null,
    },
    problems: [],
  })
  const Channel = globalThis.BroadcastChannel
  const state = { fed: 0, ids: rows.map(({ id }) => id), poll: (_tick: number): void => {} }
  Reflect.set(globalThis, 'bench', state)
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name: string) {
      super(name)
      if (!name.startsWith('rollcall.live.') || state.fed > 0) return
      const tell = (some: typeof rows) => {
        const other = new Channel(name)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
        other.postMessage({ kind: 'roster', update: { facts: some.map(factOf) } })
        other.close()
      }
      state.fed = size
      setTimeout(() => {
        for (let from = 0; from < size; from += 20_000) tell(rows.slice(from, from + 20_000))
      })
      state.poll = (tick) => {
        const changed = rows.filter((_, index) => index % 100 === (tick * 13) % 100)
        for (const row of changed) {
          row.status = next[row.status] ?? row.status
          row.updated = (start + tick * 500) * 1000
        }
        tell(changed)
      }
    }
  }
}

/** Whether the page shows as many as it was told of. */
export const isFed = (size: number): boolean =>
  Number(document.querySelector('table')?.getAttribute('aria-rowcount')) === size
