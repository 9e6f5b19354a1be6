import type { QueryClient } from '@tanstack/react-query'
import { once } from 'node:events'
import { afterAll, beforeAll } from 'vitest'
import { portOf, serverOf } from '../../sandbox/listen.ts'
import { DEFAULTS } from '../../sandbox/options.ts'
import { createSandbox } from '../../sandbox/sandbox.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { storyOf, titleOf } from '~/derive/outcome-text.ts'
import { isAboutConference, type Action, type ActionKind, type Target } from '~/domain/action.ts'
import { actionOf } from './action.fixture.ts'
import { workOff } from './work.fixture.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { login } from '~/wire/auth.ts'
import { configureHttp } from '~/wire/http.ts'
import { begin } from '~/wire/session.ts'

/** Milliseconds after which a request fails in these specs. */
export const TIMEOUT = 400

/**
 * A customer of the sandbox with one conference and one participant in it, a session, and an empty
 * cache.
 */
export interface Stage {
  readonly client: QueryClient
  readonly session: Session
  readonly username: string
  readonly conference: string
  readonly participant: string
  readonly call: string
  /** Switches a fault on until `clear` (sandbox/README.md, "Faults"). */
  readonly fault: (fault: object) => Promise<void>
  readonly clear: () => Promise<void>
  /** How many requests of this method and path arrived since the last `clear` or the start. */
  readonly received: (method: string, path: string) => Promise<number>
}

type Created = Readonly<Record<'id' | 'username' | 'password', string>> & {
  readonly conferences: readonly { readonly id: string }[]
}

/** A real sandbox for the specs of the file, and a stage on it for each cell of the table. */
export function keepStages(): { readonly open: () => Promise<Stage> } {
  const sandbox = createSandbox({ ...DEFAULTS, rate: 0, live: 0, history: 0 })
  const server = serverOf(sandbox)
  let origin = ''
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${portOf(server)}`
    configureHttp({ apiBase: origin, timeout: TIMEOUT })
  })
  afterAll(() => {
    sandbox.close()
    server.close()
    server.closeAllConnections()
  })
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${origin}/sandbox/tenants${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    return text === '' ? null : JSON.parse(text)
  }
  return {
    open: async () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sandbox is ours: sandbox/README.md
      const made = (await control('POST', '', { conferences: 1, limits: false })) as Created
      const conference = made.conferences[0]?.id ?? ''
      const act = { act: 'dial-in', conference, name: 'Ann' }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
      const ids = (await control('POST', `/${made.id}/act`, act)) as Record<
        'participant' | 'call',
        string
      >
      // The conference is written a moment after the participant (voipbin-api.md 5.3).
      await control('POST', `/${made.id}/advance`, { seconds: 1 })
      const session = await login(made.username, made.password)
      begin(session)
      return {
        client: createQueryClient(),
        session,
        username: made.username,
        conference,
        ...ids,
        fault: async (fault) =>
          void (await control('POST', `/${made.id}/faults`, { count: -1, ...fault })),
        clear: async () => {
          await control('DELETE', `/${made.id}/faults`)
          await control('DELETE', `/${made.id}/requests`)
        },
        received: async (method, path) => {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
          const { requests } = (await control('GET', `/${made.id}/requests`)) as {
            requests: readonly { method: string; path: string }[]
          }
          return requests.filter((one) => one.method === method && one.path.startsWith(path)).length
        },
      }
    },
  }
}

const NOW = 2_000_000_000_000
const LIMIT = 15_000

/** Sends one action as the ledger does, and returns what its card says afterwards. */
export async function send(
  { client, session, conference, participant, call }: Stage,
  kind: ActionKind,
): Promise<{ readonly action: Action; readonly says: string }> {
  const isRoom = isAboutConference(kind)
  const target: Target = {
    id: isRoom ? conference : participant,
    label: isRoom ? 'Support standup' : 'Ann',
    number: '',
    conferenceId: conference,
    conferenceLabel: 'Support standup',
    callId: isRoom ? null : call,
    status: isRoom ? 'progressing' : 'joined',
  }
  const input = kind === 'say' ? { text: 'Hello.', language: 'en-US' } : undefined
  const confirmed = actionOf({ kind, target, input, state: 'waiting' })
  const action = await workOff(client, confirmed, accountOf(session))
  const outcome = outcomeOf(action, {}, Math.min(NOW, action.answeredAt ?? NOW), LIMIT)
  const says = [titleOf(action, outcome), storyOf(action, outcome, LIMIT)]
    .filter(Boolean)
    .join('. ')
  return { action, says }
}
