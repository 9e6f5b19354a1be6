/**
 * Rollcall for the grid-peers benchmark: its conference page, told of all rows by another tab. While a build is served, in
 * the folder of grid-peers: `npm run bench -- --only react-data-grid --adapter rollcall=(this file)
 * --url 'rollcall=http://localhost:4173/conferences/11111111-1111-4111-8111-111111111111?hide='`
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// Not in this repository: grid-peers starts its runner in its own folder.
const { NOW, poll } = await import(pathToFileURL(resolve('src/data.mjs')).href)

const CONFERENCE = '11111111-1111-4111-8111-111111111111'
const CUSTOMER = '22222222-2222-4222-8222-222222222222'
const TAB = '/grid-peers-tab'

/** How many participants one message has. */
const CHUNK = 20_000

/** What the benchmark's times are moved by, in milliseconds: Rollcall shows ages and forgets what is older than a day. */
let shift = 0
/** The rows of the benchmark as last told. */
let rows = []
/** The tab that tells the measured one; null until it is open. */
let teller = null
/** The channel of the measured tab. */
let channel = ''

const CONFERENCE_RECORD = {
  id: CONFERENCE,
  type: 'conference',
  status: 'progressing',
  name: 'Bench',
  tm_create: new Date().toISOString(),
  tm_update: null,
  tm_delete: null,
}

const NOT_FOUND = {
  error: {
    status: 'INVALID_ARGUMENT',
    reason: 'INVALID_ARGUMENT',
    message: 'gone',
    request_id: 'req_x',
  },
}

const moved = (text) => text && new Date(Date.parse(text) + shift).toISOString()
const micros = (text) => text && Date.parse(text) * 1000

/** A row of the benchmark as `Participant` in src/domain/participant.ts. */
function factOf(row) {
  const raw = {
    ...row,
    customer_id: CUSTOMER,
    conference_id: CONFERENCE,
    tm_create: moved(row.tm_create),
    tm_update: moved(row.tm_update),
  }
  return {
    id: raw.id,
    customerId: CUSTOMER,
    conferenceId: CONFERENCE,
    activeflowId: raw.activeflow_id,
    referenceType: raw.reference_type,
    referenceId: raw.reference_id,
    status: raw.status,
    createdAt: micros(raw.tm_create),
    updatedAt: micros(raw.tm_update),
    deletedAt: null,
    raw,
    problems: [],
  }
}

/** The answer to the next poll. Nothing follows `leaved` in Rollcall: there a row changes by its time alone. */
function next(before, tick) {
  const after = poll(before, tick)
  for (const [index, row] of after.entries()) {
    if (row === before[index]) continue
    // Later than any time before the polls, or Rollcall would take what it holds for the newer record.
    row.tm_update = new Date(NOW + 2000 + tick * 500).toISOString()
    if (before[index].status === 'leaved') row.status = 'leaved'
  }
  return after
}

/** Opens a tab beside the measured one, in a process of its own, so that its work is not counted. */
async function openTab(page) {
  const opened = page.context().waitForEvent('page')
  await page.evaluate((path) => void open(path, '_blank', 'noopener'), TAB)
  const tab = await opened
  await tab.waitForLoadState()
  await page.bringToFront()
  const facts = rows.map(factOf)
  await tab.evaluate('globalThis.chunks = []')
  for (let from = 0; from < facts.length; from += CHUNK)
    await tab.evaluate((chunk) => void chunks.push(chunk), facts.slice(from, from + CHUNK))
  return tab
}

/** Tells the measured tab, in the form of `BuildMessage` in src/cache/live/bus.ts, of these or of all at first. */
const tell = (facts = null) =>
  teller.evaluate(
    ([name, some]) => {
      const bus = new BroadcastChannel(name)
      for (const chunk of some ? [some] : chunks)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
        bus.postMessage({ kind: 'roster', update: { facts: chunk } })
      bus.close()
    },
    [channel, facts],
  )

/** Runs in the page: signs in, and says on which channel Rollcall meets its other tabs. */
function enter(session) {
  if (location.origin === 'null') return
  sessionStorage.setItem('rollcall.session', session)
  const Channel = BroadcastChannel
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name) {
      super(name)
      if (name.startsWith('rollcall.live.')) joined(name)
    }
  }
}

function answer(route) {
  const path = new URL(route.request().url()).pathname
  if (path === `/v1.0/conferences/${CONFERENCE}`) return route.fulfill({ json: CONFERENCE_RECORD })
  if (/\/(calls|conferencecalls)\/./.test(path))
    return route.fulfill({ status: 400, json: NOT_FOUND })
  return route.fulfill({ json: { result: [], next_page_token: '' } })
}

// oxlint-disable-next-line import/no-default-export -- grid-peers takes an adapter's default export
export default {
  filter: 'input[type=search]',
  row: 'table[aria-label=Participants] tbody tr[aria-rowindex]',
  scroll: 'section[aria-label="Participants table"]',
  prepare: async (page, { data }) => {
    shift = Date.now() - NOW - 5000
    // The runner looks for the last poll in the row on top, where Rollcall has the newest.
    rows = data.map((row, index) =>
      index > 0 ? row : { ...row, tm_create: new Date(NOW + 1).toISOString(), tm_update: null },
    )
    teller = null
    await page
      .context()
      .route(`**${TAB}`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      )
    await page.route('**/v1.0/**', answer)
    // A push that stays open and says nothing: a refused one would be an error of the page.
    await page.routeWebSocket(/\/v1\.0\/ws/, () => {})
    await page.exposeFunction('joined', async (name) => {
      channel = name
      teller ??= await openTab(page)
      await tell()
    })
    const session = {
      credential: { kind: 'token', token: 'x' },
      name: 'bench',
      customerId: CUSTOMER,
      permission: null,
      expiresAt: null,
    }
    await page.addInitScript(enter, JSON.stringify(session))
    // A page without an address cannot open a tab of this origin: then it opens with the first message.
    if (page.url().startsWith('http')) teller = await openTab(page)
  },
  update: async (_page, tick) => {
    const before = rows
    rows = next(before, tick)
    await tell(rows.filter((row, index) => row !== before[index]).map(factOf))
  },
}
