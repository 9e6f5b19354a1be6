import { beforeEach } from 'vitest'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import type { Action } from '~/domain/action.ts'
import type { RawRecord } from '~/domain/record.ts'
import { accountOf } from '~/domain/session.ts'
import { fromMillis, toWireTime } from '~/domain/time.ts'
import { begin } from '~/wire/session.ts'
import { actionOf, targetOf } from './action.fixture.ts'
import { json, stubFetch, stubStorage } from './fetch.fixture.ts'
import { THEN } from './participant.fixture.ts'
import { sessionOf } from './session.fixture.ts'
import { workOff } from './work.fixture.ts'

/** The id of the conference, and of a recording of it. */
export const ROOM = '99accfb7-c0dd-4a54-997d-dd18af7bc280'
export const RECORDING = 'c1d2e3f4-a5b6-4788-99aa-bbccddeeff00'

/** Now or so many milliseconds before or after, as the wire has it. */
export const wireTime = (after = 0): string => toWireTime(fromMillis(Date.now() + after))

/** A conference as the wire has it. */
export const room = (wish: RawRecord = {}): RawRecord => ({
  id: ROOM,
  type: 'conference',
  name: 'Standup',
  detail: 'Daily',
  timeout: 3600,
  status: 'progressing',
  direct_hash: 'direct.secret',
  tm_create: toWireTime(THEN),
  tm_update: null,
  tm_end: null,
  tm_delete: null,
  ...wish,
})

/** A recording of the conference as the wire has it. */
export const recordingAs = (status: string, wish: RawRecord = {}): RawRecord => ({
  id: RECORDING,
  reference_type: 'confbridge',
  reference_id: '5c4d3e2f-1a0b-4c9d-8e7f-6a5b4c3d2e1f',
  status,
  format: 'wav',
  tm_create: wireTime(),
  tm_update: wireTime(),
  ...wish,
})

/** A refusal in the platform's envelope. */
export const refusal = (status: number, reason: string): Response =>
  json({ error: { reason, message: 'No.', request_id: 'req_1' } }, { status })

/** The record of zeros by which the platform refuses (voipbin-api.md 5.2). */
export const ZEROS = { id: '00000000-0000-0000-0000-000000000000' }

/** No answer. */
export const LOST = 'lost'

type Answer = RawRecord | Response | typeof LOST

/** A server that answers by the start of `METHOD path`, and what is done about a conference there. */
export function kindRig() {
  const rig = {
    client: createQueryClient(),
    /** A list is answered in turn, its last one for good. */
    answers: new Map<string, readonly Answer[]>(),
    asked: [] as string[],
    bodies: [] as unknown[],
    on: (request: string, ...all: readonly Answer[]) => rig.answers.set(request, all),
    /** The action after it was checked, sent and settled. */
    run: (wish: Partial<Action>) => workOff(rig.client, roomAction(wish), accountOf(SAM)),
    /** Requests that change something. */
    sent: () => rig.asked.filter((one) => !one.startsWith('GET')),
  }
  beforeEach(() => {
    stubStorage()
    begin(SAM)
    Object.assign(rig, { client: createQueryClient(), answers: new Map(), asked: [], bodies: [] })
    stubFetch(({ url, init }) => {
      const request = `${init.method} ${url.pathname.replace('/v1.0/', '')}`
      rig.asked.push(request)
      if (typeof init.body === 'string') rig.bodies.push(JSON.parse(init.body))
      const all = rig.answers.get(request) ?? []
      if (all.length > 1) rig.answers.set(request, all.slice(1))
      const [answer = refusal(404, 'NOT_FOUND')] = all
      if (answer === LOST) throw new TypeError('Failed to fetch')
      return answer instanceof Response ? answer.clone() : json(answer)
    })
  })
  return rig
}

const SAM = sessionOf({ permission: 32 })

/** An action about the conference, requested now. */
export const roomAction = (wish: Partial<Action>): Action =>
  actionOf({
    target: targetOf({ id: ROOM, label: 'Standup', callId: null, status: 'progressing' }),
    requestedAt: Date.now(),
    ...wish,
  })

/** What became of an action so many milliseconds after its answer, by its own facts, if the limit is 15 s. */
export const fateOf = (action: Action, after = 0) =>
  outcomeOf(action, {}, (action.answeredAt ?? 0) + after, 15_000).state
