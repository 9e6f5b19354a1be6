import { QueryObserver } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import { json, type Sent } from '~/testing/fetch.fixture.ts'
import call from '~/wire/fixtures/call.json'
import contact from '~/wire/fixtures/contact.json'
import fixture from '~/wire/fixtures/conference.json'
import { callQuery, resolvingQuery } from '~/cache/roster/callers.ts'
import { contactsQuery } from '~/cache/roster/contacts.ts'
import { conferencesQuery, unlistedQuery } from './conference-list.ts'
import { conferenceQuery } from './conferences.ts'
import { INTERVAL, liveRig } from '~/testing/live.fixture.ts'
import { participantQuery } from '~/cache/roster/participant.ts'
import { begin } from '~/wire/session.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { CUSTOMER } from '~/testing/socket.fixture.ts'

// The pace has its own spec; its clock runs on from one test to the next.
const { world, asked, openTab, last } = liveRig()

let count = 0

const MINUTE = 60_000
const LENGTH = 4 * MINUTE

const ann = participantOf({ id: 'ann', referenceId: 'call-ann' })
const ids = ['zoe', 'yan', 'xia']
const conference = { ...fixture, conferencecall_ids: ['ann', ...ids] }

/**
 * Everything that is requested automatically: its name, its requests, and how many records it
 * covers.
 */
const ENDPOINTS: ReadonlyArray<
  readonly [name: string, isIt: (path: string) => boolean, things: number]
> = [
  ['the list of participants', (path) => path.startsWith('/v1.0/conferencecalls?'), 1],
  ['records of participants', (path) => /^\/v1\.0\/conferencecalls\/[^?]+$/.test(path), 5],
  ['the list of conferences', (path) => path.startsWith('/v1.0/conferences?'), 1],
  ['the record of a conference', (path) => path === `/v1.0/conferences/${fixture.id}`, 1],
  ['conferences not listed', (path) => /^\/v1\.0\/conferences\/(far|away)$/.test(path), 2],
  ['the list of calls', (path) => path.startsWith('/v1.0/calls?'), 1],
  ['records of calls', (path) => /^\/v1\.0\/calls\/[^?]+$/.test(path), 5],
  ['contacts', (path) => path.startsWith('/v1.0/contacts/lookup?'), 2],
]

const envelope =
  (status: number, reason: string, headers: Record<string, string> = {}) =>
  () =>
    json({ error: { reason, message: 'No.' } }, { status, headers })

/** Retries after 1, 2, 4 … 30 s, by each of at most three observers: this many in four minutes. */
const MAY_PASS = 3 * 14

/** Retries after 3, 6, 12 … s. */
const HARDLY = 3 * 7

const FAULTS: ReadonlyArray<
  readonly [name: string, answer: () => Response | Promise<Response>, most: number]
> = [
  ['400', envelope(400, 'INVALID_ARGUMENT'), HARDLY],
  ['403, denied', envelope(403, 'PERMISSION_DENIED'), 3],
  ['403, frozen', envelope(403, 'ACCOUNT_FROZEN'), HARDLY],
  ['404', envelope(404, 'RESOURCE_NOT_FOUND'), HARDLY],
  ['409', envelope(409, 'STATE_INVALID'), HARDLY],
  ['429', envelope(429, 'RATE_LIMIT_EXCEEDED', { 'Retry-After': '1' }), MAY_PASS],
  ['429 for 25 days', envelope(429, 'RATE_LIMIT_EXCEEDED', { 'Retry-After': '2160000' }), 6],
  ['500', envelope(500, 'INTERNAL'), MAY_PASS],
  ['503', envelope(503, 'REQUEST_TIMEOUT'), MAY_PASS],
  ['a web page', () => new Response('<html>', { status: 200 }), MAY_PASS],
  ['nothing in a success', () => new Response('', { status: 200 }), MAY_PASS],
  ['another record', () => json({ id: 'nobody' }), MAY_PASS],
  ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), MAY_PASS],
  ['no answer', () => new Promise(() => {}), MAY_PASS],
]

/** A healthy server; its conference names more participants than its list holds. */
function wellAnswered({ url }: Sent): Response {
  const [, , noun = '', id] = url.pathname.split('/')
  if (noun === 'conferences') return json(id ? { ...conference, id } : { result: [conference] })
  if (noun === 'calls') return json(id ? { ...call, id } : { result: [] })
  if (noun === 'contacts') return json(contact)
  if (!id) return json({ result: [ann.raw] })
  if (id === 'ann') return json(ann.raw)
  return json({ error: { reason: 'INVALID_ARGUMENT' } }, { status: 400 })
}

/** Starts every request of a page with a table and an open panel, without user input. */
function openPage(): () => void {
  const { client, callers } = openTab()
  callers.apply([
    ['e', { name: '', number: '+15551230005' }],
    ['f', { name: '', number: '+15551230006' }],
  ])
  const drawn = { place: 'table', calls: ['e', 'f'] } as const
  const wanted = ['a', 'b', 'c', 'd'].map((callId, index) => ({ callId, createdAt: index }))
  const stops = [
    new QueryObserver(client, conferencesQuery(INTERVAL)).subscribe(() => {}),
    new QueryObserver(client, conferenceQuery(fixture.id, INTERVAL)).subscribe(() => {}),
    new QueryObserver(client, unlistedQuery(['far', 'away'], INTERVAL, false)).subscribe(() => {}),
    new QueryObserver(client, callQuery('call-ann', INTERVAL)).subscribe(() => {}),
    new QueryObserver(client, participantQuery(client, 'wil')).subscribe(() => {}),
    new QueryObserver(client, resolvingQuery(wanted, true)).subscribe(() => {}),
    new QueryObserver(client, contactsQuery(client, drawn, true)).subscribe(() => {}),
  ]
  return () => stops.forEach((stop) => stop())
}

describe.each(ENDPOINTS)('%s', { timeout: 60_000 }, (_endpoint, isIt, things) => {
  it.each(FAULTS)(
    'sends no more requests than the retry schedule allows when the server answers with %s',
    async (_fault, answer, most) => {
      let requests = 0
      world.instead = (sent) => {
        requests += 1
        // Ends an endless loop of requests.
        if (requests > 5000) return new Promise(() => {})
        return isIt(sent.url.pathname + sent.url.search) ? answer() : wellAnswered(sent)
      }
      // A request denied to one account is sent again for another.
      begin(sessionOf({ customerId: CUSTOMER, username: `agent ${count++}` }))
      const close = openPage()
      await vi.advanceTimersByTimeAsync(100)
      last().accept()
      for (let minute = 0; minute < LENGTH / MINUTE; minute++) {
        last().say(conference)
        await vi.advanceTimersByTimeAsync(MINUTE)
      }
      close()
      const paths = asked()
      const [hit, others] = [paths.filter(isIt), paths.filter((path) => !isIt(path))]
      expect(hit.length).toBeGreaterThan(0)
      expect(hit.length).toBeLessThanOrEqual(most * things)
      expect(others.length).toBeGreaterThan(0)
    },
  )
})
