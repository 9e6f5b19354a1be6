import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Bench, Tenant, TrueRow, Truth } from './harness.ts'

/** While push works, polls are so far apart, and last a moment. Milliseconds of the app's time. */
const POLL = 18_000

/** After so many whole polls every live participant has been read again: a hundred lie on a few pages. */
const POLLS = 3

/** In bad weather a poll may need many tries. Milliseconds. */
const PATIENCE = 120_000

/** A participant created longer ago cannot be in a conference, and is not read (voipbin-api.md 4.2). Milliseconds. */
const DAY = 86_400_000

/** What is on the screen. */
interface Shown {
  /** What it says of its freshness. */
  readonly connection: string
  /** Statuses by id, of participants that have not left. */
  readonly live: ReadonlyMap<string, string>
  /** How many there are by status, all together the rows held. */
  readonly counts: Readonly<Record<string, number>>
}

/** A participant whose row differs from the truth. */
export interface Difference {
  readonly id: string
  /** A status, or `absent`. */
  readonly shown: string
  readonly so: string
  /** When the server wrote that down. */
  readonly since: string | null
}

/** One comparison of the screen with the truth. */
export interface Look extends Shown {
  /** By the clock of the world. */
  readonly at: string
  /** Rows that differ although the truth was the same for `POLL`. On a stalling machine the app may be late. */
  readonly late: readonly Difference[]
  /** Rows that differ although the truth was the same for `POLLS` whole polls. */
  readonly differences: readonly Difference[]
}

/** A page to be looked at, and what it shows. */
export interface Watched {
  readonly bench: Bench
  readonly tenant: Tenant
  readonly page: Page
  /** Ids of all participants that ever left, if the truth is read at least once an hour. */
  readonly gone: Set<string>
  /** How many times faster than this machine the app lives. */
  readonly speed: number
}

/**
 * Compares the screen with the truth. Participants change meanwhile, so only those are compared that have the same
 * status before and after.
 */
export async function look(watched: Watched): Promise<Look> {
  const { page, speed } = watched
  const before = await truth(watched)
  await pause(POLL / speed)
  const unasked = await readScreen(page)
  const meanwhile = await truth(watched)
  for (let polls = 0; polls < POLLS; polls++) await poll(page)
  const shown = await readScreen(page)
  const after = await truth(watched)
  return {
    ...shown,
    at: after.now,
    late: isSure(unasked) ? compare(unasked, before, meanwhile) : [],
    differences: compare(shown, meanwhile, after),
  }
}

/** Whether the app claims that all it shows is current. */
export const isSure = ({ connection }: Shown): boolean =>
  /^(Live|Polling)/.test(connection) && !connection.includes('Some rows were last checked')

/** Lets the app poll, and waits for the end of the poll. */
async function poll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await page.getByText(/^(Nothing new|\d+ changes?)\.$/).waitFor({ timeout: PATIENCE })
}

/** What the server knows at one moment. */
interface Known {
  readonly now: string
  readonly rows: ReadonlyMap<string, TrueRow>
  /** Ids of all participants that have left since the beginning. */
  readonly gone: ReadonlySet<string>
}

function compare(shown: Shown, before: Known, after: Known): readonly Difference[] {
  const ids = new Set([...shown.live.keys(), ...before.rows.keys(), ...after.rows.keys()])
  for (const id of ids) if (isTooOld(after, id)) ids.delete(id)
  return [...ids].flatMap((id) => {
    const so = statusOf(id, after)
    const seen = shown.live.get(id) ?? 'absent'
    if (seen === so || statusOf(id, before) !== so) return []
    return [{ id, shown: seen, so: so ?? 'unknown', since: after.rows.get(id)?.tm_update ?? null }]
  })
}

/** A participant stuck in leaving for more than a day, which a tab opened later never reads. */
const isTooOld = ({ now, rows }: Known, id: string): boolean => {
  const since = rows.get(id)?.tm_update
  return since !== null && since !== undefined && Date.parse(now) - Date.parse(since) > DAY
}

/** The true status of a participant: `absent` once it has left, undefined before it exists. */
const statusOf = (id: string, { rows, gone }: Known): string | undefined =>
  gone.has(id) ? 'absent' : rows.get(id)?.status

async function truth({ bench, tenant, gone }: Watched): Promise<Known> {
  const { now, participants } = await bench.control<Truth>(tenant, 'truth')
  for (const { id, status } of participants) if (status === 'leaved') gone.add(id)
  return { now, rows: new Map(participants.map((row) => [row.id, row])), gone: new Set(gone) }
}

/**
 * Reads the page from top to bottom, half a screen at a time: a row that moves by less meanwhile is not missed.
 * Participants that have left are counted, the others listed.
 */
async function readScreen(page: Page): Promise<Shown> {
  const { connection, live, counts } = await page.evaluate(async () => {
    const people: Array<[string, string]> = []
    const list = document.querySelector('section[aria-label$=" table"]')
    if (!list) throw new Error('There is no list to go through.')
    for (let top = 0; top < list.scrollHeight; top += list.clientHeight / 2) {
      list.scrollTop = top
      // Drawn after the next frame at the latest.
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
      for (const { children } of document.querySelectorAll('tbody tr:not([aria-hidden])')) {
        const [, who, status] = children
        const id = who?.querySelector('a')?.id.replace('who-', '') ?? ''
        people.push([id, status?.textContent.split(/[, ]|back/)[0] ?? ''])
      }
    }
    list.scrollTop = 0
    const buttons = [...document.querySelectorAll('fieldset[aria-label="Status"] button')]
    return {
      connection: document.querySelector('output')?.textContent ?? '',
      live: people,
      counts: buttons.map((button): [string, number] => {
        const [status = '', count = ''] = button.ariaLabel?.split(' ') ?? []
        return [status, Number(count)]
      }),
    }
  })
  return { connection, live: new Map(live), counts: Object.fromEntries(counts) }
}
