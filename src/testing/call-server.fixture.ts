import type { MuteDirection } from '~/domain/call.ts'
import { fromMillis, toWireTime } from '~/domain/time.ts'
import { ASKED_AT } from './action.fixture.ts'
import { json, type Sent } from './fetch.fixture.ts'
import { participantOf } from './participant.fixture.ts'

/** How the next change is answered: as it should be, or not at all, with or without having been done. */
export type Fate = 'answered' | 'lost-before' | 'lost-after'

const includes = (direction: MuteDirection, part: 'in' | 'out'): boolean =>
  direction === 'both' || direction === part

/** One participant and its call, with the bugs that the platform's record of mutes has (voipbin-api.md 15). */
export class CallServer {
  record: MuteDirection | '' = ''
  /** What is in force, which no client can read. */
  readonly audible = { in: false, out: false }
  readonly asked: string[] = []
  fate: Fate = 'answered'
  status = 'progressing'
  /** An answer to any change, in place of doing it. */
  refusal: Response | undefined
  #changes = 0

  /** As somebody else, or a request, does it. */
  mute(direction: MuteDirection): void {
    this.record = direction
    this.#set(direction, true)
  }

  unmute(direction: MuteDirection): void {
    if (this.record === direction) this.record = ''
    this.#set(direction, false)
  }

  #set(direction: MuteDirection, isOn: boolean): void {
    this.#changes += 1
    if (includes(direction, 'in')) this.audible.in = isOn
    if (includes(direction, 'out')) this.audible.out = isOn
  }

  readonly answer = ({ url, init }: Sent): Response => {
    const { pathname } = url
    const method = init.method ?? 'GET'
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    if (method === 'GET')
      return json(pathname.includes('/calls/') ? this.call() : participantOf().raw)
    this.asked.push(
      [method, pathname.split('/').at(-1), directionIn(body)].filter(Boolean).join(' '),
    )
    if (this.refusal) return this.refusal.clone()
    const { fate } = this
    this.fate = 'answered'
    if (fate !== 'lost-before') this.#change(method, pathname, directionIn(body))
    return fate === 'answered' ? new Response('') : TIMED_OUT.clone()
  }

  #change(method: string, pathname: string, direction: string): void {
    if (!pathname.endsWith('/mute')) return
    if (direction !== 'in' && direction !== 'out' && direction !== 'both') return
    if (method === 'POST') this.mute(direction)
    else this.unmute(direction)
  }

  call() {
    const { referenceId } = participantOf()
    return {
      id: referenceId,
      status: this.status,
      direction: 'incoming',
      source: { type: 'tel', target: '+15551230001' },
      ...(this.record && { mute_direction: this.record }),
      tm_create: toWireTime(fromMillis(ASKED_AT - 60_000)),
      tm_update: toWireTime(fromMillis(ASKED_AT + this.#changes)),
    }
  }
}

const directionIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'direction' in body ? String(body.direction) : ''

const TIMED_OUT = json(
  { error: { reason: 'REQUEST_TIMEOUT', message: 'Timed out.', request_id: 'req_1' } },
  { status: 503 },
)
