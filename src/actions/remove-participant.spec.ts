import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createQueryClient } from '~/cache/query-client.ts'
import { currentRoster, takeFacts } from '~/cache/roster.ts'
import { participantOf, THEN } from '~/domain/participant.build.ts'
import { notify } from '~/ui/notices.ts'
import { json, stubFetch } from '~/wire/fetch.build.ts'
import invalidArgument from '~/wire/fixtures/error-invalid-argument.json'
import rateLimited from '~/wire/fixtures/error-rate-limited.json'
import { useRemoveParticipant, type Removal } from './remove-participant.ts'
import { useRequestedRemovals } from './requested-removals.ts'

vi.mock(import('~/ui/notices.ts'), async (original) => ({
  ...(await original()),
  notify: vi.fn<typeof notify>(),
}))

const joined = participantOf({ status: 'joined', updatedAt: THEN + 1 })
const as = (status: string) => participantOf({ status, updatedAt: THEN + 2 })
const ann: Removal = { id: joined.id, label: 'Ann' }

let client: QueryClient

beforeEach(() => {
  client = createQueryClient()
  takeFacts(client, [joined])
})

afterEach(() => {
  client.clear()
  vi.clearAllMocks()
  vi.unstubAllGlobals()
})

/** What a hook gives to a component; rendering to a string needs no DOM. */
function given<T>(hook: () => T): T {
  const results: T[] = []
  const Probe = () => {
    results.push(hook())
    return null
  }
  renderToString(createElement(QueryClientProvider, { client }, createElement(Probe)))
  const [result] = results
  if (result === undefined) throw new Error('the hook gave nothing')
  return result
}

/** Asks for the removal and waits until all of it is over. */
async function removeAnn() {
  given(useRemoveParticipant)(ann)
  await quiet()
}

/** Resolves once no removal is under way. */
const quiet = () =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (client.isMutating() === 0) resolve()
    }
    client.getMutationCache().subscribe(look)
    look()
  })

const statusNow = () => currentRoster(client).held.get(ann.id)?.participant.status
const told = () => vi.mocked(notify).mock.calls.map(([notice]) => notice)

/** Answers to DELETE and to the look afterwards. */
const serve = (toDelete: () => Response, toGet: () => Response = () => json(joined.raw)) =>
  stubFetch(({ init }) => (init.method === 'DELETE' ? toDelete() : toGet()))

const answer =
  (body: unknown, status = 200) =>
  () =>
    json(body, { status })
const empty = (status: number) => () => new Response('', { status })

describe('a removal that works', () => {
  it.each(['leaving', 'leaved'])('takes up the answer %s and needs no words', async (status) => {
    const sent = serve(answer(as(status).raw))
    await removeAnn()
    expect(sent.map(({ url, init }) => `${init.method} ${url.pathname}`)).toEqual([
      `DELETE /v1.0/conferencecalls/${ann.id}`,
    ])
    expect(statusNow()).toBe(status)
    expect(told()).toEqual([])
  })
})

describe('while it is under way', () => {
  it('is known as requested, changes no record, and is not sent twice', async () => {
    const opened: (() => void)[] = []
    const gate = new Promise<void>((resolve) => void opened.push(resolve))
    const sent = stubFetch(async () => {
      await gate
      return json(as('leaving').raw)
    })
    const remove = given(useRemoveParticipant)
    remove(ann)
    expect(given(useRequestedRemovals)).toEqual(new Set([ann.id]))
    expect(statusNow()).toBe('joined')
    remove(ann)
    expect(told()).toEqual([
      { title: 'Ann was not removed', text: expect.stringMatching(/on its way/), trace: '' },
    ])
    for (const open of opened) open()
    await quiet()
    expect(sent).toHaveLength(1)
    expect(statusNow()).toBe('leaving')
    expect(given(useRequestedRemovals)).toEqual(new Set())
  })
})

describe('a removal that may not be asked for', () => {
  it.each(['leaving', 'leaved', 'held'])('is not sent: %s', async (status) => {
    const sent = serve(answer(as('leaving').raw))
    takeFacts(client, [as(status)])
    await removeAnn()
    expect(sent).toEqual([])
    expect(told()).toEqual([
      { title: 'Ann was not removed', text: expect.stringMatching(/\w\.$/), trace: '' },
    ])
  })

  it('is not sent for someone nothing is known of', async () => {
    client.clear()
    const sent = serve(answer(as('leaving').raw))
    await removeAnn()
    expect(sent).toEqual([])
    expect(told()).toHaveLength(1)
  })
})

describe('a removal that fails', () => {
  const trace = 'HTTP 400 · INVALID_ARGUMENT · request req_ZYXWVUTSRQPONMLKJIHGFEDC76'

  it.each([
    ['leaved', /^Ann has left$/],
    ['leaving', /^Removal of Ann is not confirmed$/],
    ['joined', /^Ann was not removed$/],
    ['joining', /^Ann was not removed$/],
    ['held', /^Ann was not removed$/],
  ])('looks again and tells what it found: %s', async (status, title) => {
    const sent = serve(answer(invalidArgument, 400), answer(as(status).raw))
    await removeAnn()
    expect(sent.map(({ init }) => init.method)).toEqual(['DELETE', 'GET'])
    expect(statusNow()).toBe(status)
    expect(told()).toEqual([
      { title: expect.stringMatching(title), text: expect.stringMatching(/refused/), trace },
    ])
  })

  it('says that it does not know when looking again fails too', async () => {
    serve(answer(rateLimited, 429), empty(503))
    await removeAnn()
    expect(statusNow()).toBe('joined')
    expect(told()).toEqual([
      {
        title: 'Whether Ann was removed is not known',
        text: expect.stringMatching(/Too many requests.*failed too/),
        trace: 'HTTP 429 · RATE_LIMIT_EXCEEDED · request req_ABCDEFGHIJKLMNOPQRSTUVWX23',
      },
    ])
  })

  it.each<[string, () => Response]>([
    ['an empty 503', empty(503)],
    ['a web page', () => new Response('<html>')],
    ['another record', answer({ ...joined.raw, id: '00000000-0000-0000-0000-000000000000' })],
  ])('is looked into, not repeated: %s', async (_name, toDelete) => {
    const sent = serve(toDelete)
    await removeAnn()
    expect(sent.map(({ init }) => init.method)).toEqual(['DELETE', 'GET'])
    expect(told()).toMatchObject([{ title: 'Ann was not removed' }])
  })

  it('is a success that says something else: told as the server says it', async () => {
    serve(answer(as('joined').raw))
    await removeAnn()
    expect(told()).toEqual([
      { title: 'Ann is not being removed', text: expect.stringContaining('“joined”'), trace: '' },
    ])
  })
})
