import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { callQuery } from './cache/roster/callers.ts'
import { conferencesQuery } from './cache/queries/conference-list.ts'
import { conferenceQuery } from './cache/queries/conferences.ts'
import { participantQuery } from './cache/roster/participant.ts'
import { askAgainAfter, shouldRetry } from './cache/queries/retry.ts'
import { rosterOf } from './cache/roster/store.ts'
import { Sync } from './cache/roster/sync.ts'
import { signInAdvice } from './actions/sign-in.ts'
import { explain, traceOf } from './derive/explain.ts'
import { ApiError } from './domain/api-error.ts'
import { send, TIMEOUT, keepStages, type Stage } from './testing/faults.fixture.ts'
import { login } from './wire/auth.ts'
import { begin, sessionStore } from './wire/session.ts'

const stages = keepStages()

/** One request that the app sends automatically, and what the screen shows because of it. */
interface Read {
  readonly name: string
  readonly path: (stage: Stage) => string
  readonly ask: (stage: Stage) => Promise<unknown>
  /** The held data of the request; a fault must not change it. */
  readonly held: (stage: Stage) => unknown
  readonly keeps: string
}

const signal = () => new AbortController().signal

const READS: readonly Read[] = [
  {
    name: 'The list of participants',
    path: () => '/v1.0/conferencecalls',
    ask: ({ client }) => new Sync(client, 3000).tick(signal()),
    held: ({ client }) => [...rosterOf(client).entries()],
    keeps: 'every row as last read, aged after three intervals',
  },
  {
    name: 'The record of a participant',
    path: ({ participant }) => `/v1.0/conferencecalls/${participant}`,
    ask: ({ client, participant }) =>
      client.fetchQuery({ ...participantQuery(client, participant), retry: false }),
    held: ({ client }) => [...rosterOf(client).entries()],
    keeps: 'its row as last read; all other rows go on',
  },
  {
    name: 'The list of conferences',
    path: () => '/v1.0/conferences',
    ask: ({ client }) =>
      client.fetchQuery({ ...conferencesQuery(3000), staleTime: 0, retry: false }),
    held: ({ client }) => client.getQueryData(conferencesQuery(3000).queryKey)?.conferences,
    keeps: 'every row as last read, with a line that says so',
  },
  {
    name: 'The record of a conference',
    path: ({ conference }) => `/v1.0/conferences/${conference}`,
    ask: ({ client, conference }) =>
      client.fetchQuery({ ...conferenceQuery(conference, 3000), staleTime: 0, retry: false }),
    held: ({ client, conference }) =>
      client.getQueryData(conferenceQuery(conference, 3000).queryKey),
    keeps: 'its facts as last read, with a line that says so',
  },
  {
    name: 'A call, for the caller’s name',
    path: ({ call }) => `/v1.0/calls/${call}`,
    ask: ({ client, call }) => client.fetchQuery({ ...callQuery(call, 3000), retry: false }),
    held: ({ client, call }) => client.getQueryData(callQuery(call, 3000).queryKey),
    keeps: 'the row under its short id, or the name as last read',
  },
]

interface Fault {
  readonly name: string
  readonly fault: object
}

const FAULTS: readonly Fault[] = [
  { name: '400', fault: { kind: 'status', status: 400 } },
  { name: '401', fault: { kind: 'status', status: 401, count: 1 } },
  { name: '403, not allowed', fault: { kind: 'status', status: 403 } },
  { name: '403, frozen', fault: { kind: 'status', status: 403, reason: 'ACCOUNT_FROZEN' } },
  { name: '404', fault: { kind: 'status', status: 404 } },
  { name: '409', fault: { kind: 'status', status: 409 } },
  { name: '429', fault: { kind: 'status', status: 429 } },
  { name: '500', fault: { kind: 'status', status: 500 } },
  { name: '503', fault: { kind: 'status', status: 503 } },
  { name: '500, empty', fault: { kind: 'empty' } },
  { name: '502, a web page', fault: { kind: 'html' } },
  { name: '200, a web page', fault: { kind: 'html', status: 200 } },
  { name: '200, broken JSON', fault: { kind: 'malformed' } },
  { name: 'half an answer', fault: { kind: 'truncated' } },
  { name: 'the line drops', fault: { kind: 'drop' } },
  { name: 'no answer', fault: { kind: 'hang' } },
  {
    name: '307 to elsewhere',
    fault: { kind: 'redirect', status: 307, location: 'https://elsewhere.example/' },
  },
]

/** For single records only: e2e/spoiled-rows.spec.ts spoils the rows of lists. */
const OTHER_RECORD: Fault = { name: '200, another record', fault: { kind: 'other-record' } }

/** How the schedule in cache/retry.ts treats a failure, in words. */
function againText(error: ApiError): string {
  const first = askAgainAfter(error, 0, 0.5)
  if (first === Infinity) return 'not in this session'
  if (error.isUnauthenticated) return 'after signing in again'
  expect(first).toBe(shouldRetry(error) ? 1000 : 3000)
  return shouldRetry(error) ? 'after 1, 2, 4 … 30 s' : 'after 3, 6, 12 s … 1 h'
}

/** A line of the table, without what differs from run to run. */
const line = (cells: readonly string[]): string =>
  `| ${cells
    .map((cell) => cell.replace(/req_[A-Z2-7]{26}/, 'req_…').replace(`${TIMEOUT / 1000} s`, '10 s'))
    .join(' | ')} |`

const head = (...cells: readonly string[]): readonly string[] => [
  line(cells),
  line(cells.map(() => '---')),
]

/**
 * The result of a request while the fault lasts: an error, or that the session was refused and the
 * request waits.
 */
async function failureOf(ask: () => Promise<unknown>): Promise<ApiError> {
  const refused = new Promise<ApiError>((resolve) => {
    const stop = sessionStore.subscribe(() => {
      if (sessionStore.get().reason !== 'refused') return
      stop()
      resolve(
        new ApiError({ kind: 'refused', message: '', status: 401, reason: 'INVALID_CREDENTIALS' }),
      )
    })
  })
  const failed = ask().then(
    () => new Error('this should have failed'),
    (error: unknown) => error,
  )
  const error = await Promise.race([failed, refused])
  if (error instanceof ApiError) return error
  throw error
}

async function readLine(read: Read, { name, fault }: Fault): Promise<string> {
  const stage = await stages.open()
  await read.ask(stage)
  const before = read.held(stage)
  expect(before).toBeDefined()
  await stage.fault({ path: read.path(stage), ...fault })
  const error = await failureOf(() => read.ask(stage))
  expect(read.held(stage)).toEqual(before)
  const { title, advice } = explain(error)
  await stage.clear()
  begin(stage.session)
  await read.ask(stage)
  expect(read.held(stage)).toEqual(before)
  return line([
    name,
    `${title}. ${advice}`,
    traceOf(error),
    againText(error),
    'with the next answer',
  ])
}

async function readTable(read: Read): Promise<readonly string[]> {
  const isList = read.name.includes('list')
  const faults = isList ? FAULTS : [...FAULTS, OTHER_RECORD]
  const lines: string[] = []
  for (const fault of faults) lines.push(await readLine(read, fault))
  return [
    `## ${read.name}`,
    '',
    `Kept: ${read.keeps}.`,
    '',
    ...head('fault', 'what is read', 'trace', 'asked again', 'recovers'),
    ...lines,
    '',
  ]
}

async function signInTable(): Promise<readonly string[]> {
  const lines: string[] = []
  for (const { name, fault } of FAULTS) {
    const stage = await stages.open()
    const attempt = () => login(stage.username, 'rollcall')
    await stage.fault({ path: '/auth/login', ...fault })
    const error = await failureOf(attempt)
    expect(await stage.received('POST', '/auth/login')).toBe(2)
    await stage.clear()
    await expect(attempt()).resolves.toMatchObject({ username: stage.username })
    lines.push(line([name, signInAdvice(error, 'password'), traceOf(error)]))
  }
  return [
    '## Signing in',
    '',
    'Kept: what was typed. Sent again: only by the next click. Recovers: with the next sign-in.',
    '',
    ...head('fault', 'what is read', 'trace'),
    ...lines,
    '',
  ]
}

/** One request that an operator has confirmed. */
const SENDS = [
  {
    kind: 'remove',
    name: 'Removing a participant',
    method: 'DELETE',
    path: ({ participant }: Stage) => `/v1.0/conferencecalls/${participant}`,
  },
  {
    kind: 'hang-up',
    name: 'Hanging up a call',
    method: 'POST',
    path: ({ call }: Stage) => `/v1.0/calls/${call}/hangup`,
  },
  {
    kind: 'mute',
    name: 'Muting a participant',
    method: 'POST',
    path: ({ call }: Stage) => `/v1.0/calls/${call}/mute`,
  },
  {
    kind: 'say',
    name: 'Saying a text',
    method: 'POST',
    path: ({ call }: Stage) => `/v1.0/calls/${call}/talk`,
  },
  {
    kind: 'end',
    name: 'Ending a conference',
    method: 'DELETE',
    path: ({ conference }: Stage) => `/v1.0/conferences/${conference}`,
  },
] as const

async function sendTable({ kind, name, method, path: pathOf }: (typeof SENDS)[number]) {
  const lines: string[] = []
  // A success of these has no body: neither half of one, nor a record.
  const isBodyless = kind === 'mute' || kind === 'say'
  const faults = isBodyless
    ? FAULTS.filter(({ name: one }) => one !== 'half an answer')
    : [...FAULTS, OTHER_RECORD]
  for (const { name: what, fault } of faults) {
    const stage = await stages.open()
    await stage.fault({ path: pathOf(stage), method, ...fault })
    const { action, says } = await send(stage, kind)
    expect(await stage.received(method, pathOf(stage))).toBe(1)
    // The app claims nothing that no record says.
    expect(action.state).not.toBe('accepted')
    await stage.clear()
    begin(stage.session)
    const again = await send(stage, kind)
    expect(['accepted', 'skipped']).toContain(again.action.state)
    lines.push(line([what, says, action.trace]))
  }
  return [
    `## ${name}`,
    '',
    'Kept: the row, the card and the entry in the activity, which follow the record. Sent again: never by itself when',
    'one was confirmed alone; the card offers it. Of many, what was turned away with 429 waits and is sent later.',
    '',
    ...head('fault of the request', 'what the card says then', 'trace'),
    ...lines,
    '',
  ]
}

const INTRODUCTION = `# What happens when something fails

Made by \`src/faults.spec.ts\`, which runs each line against the sandbox over real HTTP and fails when this page is no
longer true; \`npx vitest run src/faults.spec.ts --update\` writes it anew. The law of asking again is in
\`src/cache/queries/retry.ts\`, and \`src/cache/queries/retry-law.spec.ts\` holds every endpoint to it. A spoiled row in a good answer costs
that row or field (\`e2e/spoiled-rows.spec.ts\`), a nested one too (\`src/wire/record.spec.ts\`).

A look-up among the contacts is no more than help: while it fails the row stays under its number, nothing is said about
it, and it is asked again by the same law. After a 403 that lasts, or from a server without contacts (any 404 but
CONTACT_NOT_FOUND), none is sent again in the session (\`src/cache/roster/contacts.spec.ts\`, \`e2e/know-who.spec.ts\`).

The socket is a hint, never the truth: whatever it does, the poll goes on. Refused, it is tried again after 1, 2, 4 …
60 s, and every five minutes once four handshakes in a row were refused; lost, the same; silent although things change,
it is opened anew; garbage and frames of others are passed over. The sentence at the top says "Polling every 3 s. No
push: …" with the reason (\`src/wire/socket-life.spec.ts\`, \`src/cache/live/push-silence.spec.ts\`, \`e2e/push.spec.ts\`).
`

const PAGE = path.resolve(import.meta.dirname, '../docs/faults.md')

describe('the behaviour under each fault', () => {
  it('is as docs/faults.md says', { timeout: 240_000 }, async () => {
    const parts: string[] = [INTRODUCTION, ...(await signInTable())]
    for (const read of READS) parts.push(...(await readTable(read)))
    for (const sent of SENDS) parts.push(...(await sendTable(sent)))
    await expect(parts.join('\n')).toMatchFileSnapshot(PAGE)
  })

  it('always has words', () => {
    const cells = readFileSync(PAGE, 'utf8')
      .split('\n')
      .filter((one) => one.startsWith('| '))
      .map((one) => one.split(' | ')[1] ?? '')
    expect(cells.length).toBeGreaterThan(100)
    expect(cells.filter((cell) => cell.trim() === '')).toEqual([])
  })
})
