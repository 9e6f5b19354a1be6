import { CancelledError, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { merge } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/domain/participant.build.ts'
import type { Participant } from '~/domain/participant.ts'
import { fromMillis, toMillis } from '~/domain/time.ts'
import { json, rejection, stubFetch } from '~/wire/fetch.build.ts'
import { currentRoster, EMPTY_ROSTER, mergeAll, pollQuery, takeFacts, walkGoal } from './roster.ts'

const MINUTE = fromMillis(60_000)
const HORIZON = 24 * 60 * MINUTE + MINUTE

/** The clock of the specs stands at THEN. */
const NOW = toMillis(THEN)

const holding = (...participants: readonly Participant[]) => mergeAll(new Map(), participants)

/** A participant who came so many minutes before THEN. */
const before = (minutes: number, wish: Parameters<typeof participantOf>[0] = {}) =>
  participantOf({ id: `p${minutes}`, createdAt: THEN - minutes * MINUTE, ...wish })

/** Serves a list as the platform does: newest first, strictly before the token, which is always there. */
function serve(
  list: readonly Participant[],
  atPage: (page: number) => Response | null = () => null,
) {
  let page = 0
  return stubFetch(({ url }) => {
    page += 1
    const odd = atPage(page)
    if (odd) return odd
    const token = url.searchParams.get('page_token') ?? '9'
    const rows = list
      .map(({ raw }) => raw)
      .filter((raw) => String(raw['tm_create']) < token)
      .slice(0, 100)
    return json({ result: rows, next_page_token: rows.at(-1)?.['tm_create'] ?? '' })
  })
}

/** So many participants, one every `step` minutes back from THEN. */
const every = (step: number, count: number, wish: Parameters<typeof participantOf>[0] = {}) =>
  Array.from({ length: count }, (_, index) => before(index * step, wish))

const gone = (participant: Participant): Participant =>
  participantOf({ ...participant, status: 'leaved' })

describe('mergeAll', () => {
  const [ann, bob] = [participantOf({ id: 'ann' }), participantOf({ id: 'bob' })]

  it('gives back the very same map when there is nothing new', () => {
    const all = holding(ann, bob)
    expect(mergeAll(all, [])).toBe(all)
    expect(mergeAll(all, [structuredClone(ann), structuredClone(bob)])).toBe(all)
    expect(mergeAll(all, [participantOf({ id: 'ann' })])).toBe(all)
  })

  it('makes a new map for something new, with the same object for all else', () => {
    const all = holding(ann, bob)
    const left = participantOf({ id: 'ann', status: 'leaved', updatedAt: THEN + 1 })
    const next = mergeAll(all, [left])
    expect(next).not.toBe(all)
    expect(next.get('bob')).toBe(all.get('bob'))
    expect(next.get('ann')?.participant).toBe(left)
    expect(all.get('ann')?.participant).toBe(ann)
  })

  it('folds several facts about one participant', () => {
    const left = participantOf({ id: 'ann', status: 'leaved', updatedAt: THEN + 1 })
    expect(mergeAll(new Map(), [left, ann]).get('ann')).toEqual(merge(merge(undefined, ann), left))
  })
})

describe('walkGoal', () => {
  const complete = { backTo: THEN, isComplete: true, knownTo: THEN }
  const horizon = THEN - HORIZON

  it('is the horizon until the first walk has ended, whoever is held', () => {
    expect(walkGoal(EMPTY_ROSTER, NOW)).toBe(horizon)
    expect(walkGoal({ ...EMPTY_ROSTER, held: holding(before(5)) }, NOW)).toBe(horizon)
  })

  it('is the oldest who can still change', () => {
    const held = holding(before(5), before(90, { status: 'leaving' }), before(30))
    expect(walkGoal({ ...EMPTY_ROSTER, held, sweep: complete }, NOW)).toBe(THEN - 90 * MINUTE)
  })

  it('does not go back for those who are gone', () => {
    const held = holding(
      before(5),
      before(90, { status: 'leaved' }),
      before(80, { deletedAt: THEN }),
    )
    expect(walkGoal({ ...EMPTY_ROSTER, held, sweep: complete }, NOW)).toBe(THEN - 5 * MINUTE)
  })

  it('goes back for a status it does not know', () => {
    const held = holding(before(5), before(90, { status: 'held' }))
    expect(walkGoal({ ...EMPTY_ROSTER, held, sweep: complete }, NOW)).toBe(THEN - 90 * MINUTE)
  })

  it.each([
    ['is older than that', before(2000)],
    ['tells no time', before(5, { createdAt: null })],
  ])('is never past the horizon: someone %s', (_name, participant) => {
    const held = holding(participant)
    expect(walkGoal({ ...EMPTY_ROSTER, held, sweep: complete }, NOW)).toBe(horizon)
  })
})

describe('the walk', () => {
  let client: QueryClient

  beforeEach(() => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
    client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 0 } } })
  })

  afterEach(() => {
    client.clear()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const walk = () => client.fetchQuery({ ...pollQuery(client, 3000), staleTime: 0 })
  const heldIds = () => [...currentRoster(client).held.keys()]

  it('stops at a short page', async () => {
    const sent = serve(every(1, 150))
    expect(await walk()).toBe(NOW)
    expect(sent).toHaveLength(2)
    expect(heldIds()).toHaveLength(150)
    expect(currentRoster(client).sweep).toMatchObject({
      backTo: THEN - 149 * MINUTE,
      isComplete: true,
    })
  })

  it('stops at 24 hours, however much history there is', async () => {
    const sent = serve(every(10, 1000))
    await walk()
    // 100 rows are 1000 minutes: the second page ends beyond the horizon of 1441.
    expect(sent).toHaveLength(2)
    expect(currentRoster(client).sweep.isComplete).toBe(true)
  })

  it('shows each page as soon as it is there', async () => {
    const between: unknown[] = []
    serve(every(1, 250), () => {
      const { held, sweep } = currentRoster(client)
      between.push([held.size, sweep.backTo, sweep.isComplete])
      return null
    })
    await walk()
    expect(between).toEqual([
      [0, null, false],
      [100, THEN - 99 * MINUTE, false],
      [200, THEN - 199 * MINUTE, false],
    ])
    expect(heldIds()).toHaveLength(250)
  })

  it('later goes back only as far as anything can still change', async () => {
    const history = [...every(1, 110), ...every(1, 400).slice(110).map(gone)]
    serve(history)
    await walk()
    const sent = serve(history)
    await walk()
    expect(sent).toHaveLength(2)
  })

  it('costs one request a poll while nobody is live', async () => {
    const history = every(1, 400).map(gone)
    serve(history)
    await walk()
    const { held } = currentRoster(client)
    const sent = serve(history)
    await walk()
    expect(sent).toHaveLength(1)
    // Nothing new: the very same map, so that nothing is drawn again.
    expect(currentRoster(client).held).toBe(held)
  })

  it('keeps everything when nothing has changed', async () => {
    serve(every(1, 150))
    await walk()
    const roster = currentRoster(client)
    await walk()
    expect(currentRoster(client)).toBe(roster)
  })

  it('takes up what changed and who came', async () => {
    serve([before(5), before(7)])
    await walk()
    const left = before(7, { status: 'leaved', updatedAt: THEN })
    serve([before(1), before(5), left])
    await walk()
    const { held } = currentRoster(client)
    expect(held.get('p1')?.participant.status).toBe('joined')
    expect(held.get('p7')?.participant.status).toBe('leaved')
  })

  it('does not take absence for leaving', async () => {
    serve([before(5), before(7)])
    await walk()
    serve([before(5)])
    await walk()
    expect(heldIds()).toEqual(['p5', 'p7'])
  })

  it('keeps what is held when a page fails, and does not call it whole', async () => {
    const list = every(1, 150)
    serve(list, (page) => (page === 2 ? new Response('', { status: 503 }) : null))
    expect(await rejection(walk())).toMatchObject({ status: 503 })
    expect(heldIds()).toHaveLength(100)
    expect(currentRoster(client).sweep).toMatchObject({
      backTo: THEN - 99 * MINUTE,
      isComplete: false,
    })
    serve(list)
    await walk()
    expect(heldIds()).toHaveLength(150)
    expect(currentRoster(client).sweep.isComplete).toBe(true)
  })

  it('counts the rows it cannot read, and forgets them when they are gone', async () => {
    serve([], () => json({ result: [null, before(5).raw, { id: '' }], next_page_token: '' }))
    await walk()
    expect(heldIds()).toEqual(['p5'])
    expect(currentRoster(client).unreadable.map(({ raw }) => raw)).toEqual([null, { id: '' }])
    serve([before(5)])
    await walk()
    expect(currentRoster(client).unreadable).toEqual([])
  })

  it('goes on past rows whose time it cannot read', async () => {
    const list = every(1, 120)
    const sent = stubFetch(({ url }) => {
      const isFirst = !url.searchParams.has('page_token')
      const rows = list.map(({ id }) => ({ id, status: 'joined', tm_create: 'soon' }))
      return json({ result: isFirst ? rows.slice(0, 100) : rows.slice(100), next_page_token: 'x' })
    })
    await walk()
    expect(sent).toHaveLength(2)
    expect(heldIds()).toHaveLength(120)
    expect(currentRoster(client).sweep.backTo).toBeNull()
  })

  it('ends when the poll is stopped', async () => {
    serve(every(1, 250), (page) => {
      if (page === 2) void client.cancelQueries()
      return null
    })
    expect(await rejection(walk())).toBeInstanceOf(CancelledError)
    expect(currentRoster(client).sweep.isComplete).toBe(false)
  })
})

describe('takeFacts', () => {
  it('merges what came outside a walk, and changes nothing when it is not new', () => {
    const client = new QueryClient()
    takeFacts(client, [participantOf({ status: 'leaving', updatedAt: THEN + 2 })])
    const roster = currentRoster(client)
    expect([...roster.held.values()].map(({ participant }) => participant.status)).toEqual([
      'leaving',
    ])
    takeFacts(client, [participantOf({ status: 'leaving', updatedAt: THEN + 2 })])
    expect(currentRoster(client)).toBe(roster)
    // A late answer is remembered among what was seen, but undoes nothing.
    takeFacts(client, [participantOf({ status: 'joined', updatedAt: THEN + 1 })])
    expect([...currentRoster(client).held.values()].map((held) => held.participant.status)).toEqual(
      ['leaving'],
    )
  })
})
