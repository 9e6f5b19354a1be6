import { json, type Sent } from './fetch.fixture.ts'
import { World, type Row } from './server.fixture.ts'

/** What becomes of a DELETE (voipbin-api.md 4.3), faults of the network included. */
export type Mood =
  | 'works'
  /** It works, and the answer never arrives. */
  | 'lost'
  /** It works seconds after we have stopped waiting. */
  | 'late'
  /** It works, and the answer is about another participant. */
  | 'other'
  /** Leaving is set, then the kick fails: 400 or 503. */
  | 'refused'
  | 'timed out'
  /** Says yes, and nothing comes of it. */
  | 'silent'
  /** Says yes, and the participant is joined again soon. */
  | 'returns'
  /** Nothing happens at all: 500, 429, or no answer. */
  | 'broken'
  | 'busy'
  /** 429, and nothing is to be sent for a minute and a half. */
  | 'busy for long'
  | 'unreachable'

const problem = (status: number, reason: string): Response =>
  json({ error: { reason, message: reason, request_id: `req_${reason}` } }, { status })

/** A server with a world of conferences whose answers to a DELETE depend on its mood. */
export class RemovalServer {
  readonly world = new World()
  mood: Mood = 'works'
  /** Ids of participants that the server was told to remove, oldest first, and where they were then. */
  readonly deletes: string[] = []
  readonly deletedFrom: string[] = []
  /** Names of the accounts that sent this, in the same order. */
  readonly deletedBy: string[] = []
  /** Ids of participants about which it has said yes. */
  readonly confirmed = new Set<string>()

  /** Answers any request. @throws TypeError where the network fails */
  answer(sent: Sent): Response | Promise<Response> {
    return sent.init.method === 'DELETE' ? this.#remove(sent) : this.world.answer(sent)
  }

  #remove({ url, init }: Sent): Response {
    const id = url.pathname.split('/').at(-1) ?? ''
    const row = this.world.rows.get(id)
    this.deletes.push(id)
    this.deletedFrom.push(`${id} in ${row?.conferenceId}`)
    const sender = new Headers(init.headers).get('Authorization') ?? ''
    this.deletedBy.push(sender.replace('Bearer of ', ''))
    const { mood } = this
    if (mood === 'late' && row) {
      setTimeout(() => {
        this.world.change(row, 'leaving')
        this.#afterwards(row, mood, true)
      }, 5000)
    }
    if (mood === 'unreachable' || mood === 'late') throw new TypeError('Failed to fetch')
    if (mood === 'broken') return problem(500, 'INTERNAL')
    if (mood === 'busy') return problem(429, 'RATE_LIMIT_EXCEEDED')
    if (mood === 'busy for long') {
      const answer = problem(429, 'RATE_LIMIT_EXCEEDED')
      answer.headers.set('Retry-After', '90')
      return answer
    }
    if (!row) return problem(400, 'INVALID_ARGUMENT')
    const wasIn = row.status === 'joined'
    if (wasIn || row.status === 'joining') {
      this.world.change(row, 'leaving')
      this.#afterwards(row, mood, wasIn)
      if (!wasIn || mood === 'refused') return problem(400, 'INVALID_ARGUMENT')
      if (mood === 'timed out') return problem(503, 'REQUEST_TIMEOUT')
    }
    if (mood === 'lost') throw new TypeError('Failed to fetch')
    if (mood === 'other') return json({ ...this.world.bodyOf({ url, init: {} }), id: 'another' })
    this.confirmed.add(id)
    return json(this.world.bodyOf({ url, init: {} }))
  }

  #afterwards(row: Row, mood: Mood, wasIn: boolean): void {
    if (!wasIn || mood === 'refused' || mood === 'timed out' || mood === 'silent') return
    setTimeout(() => {
      if (row.status === 'leaving') this.world.change(row, mood === 'returns' ? 'joined' : 'leaved')
    }, 1000)
  }
}
