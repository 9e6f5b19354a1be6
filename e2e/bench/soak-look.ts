import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Bench, Tenant, TrueRow, Truth } from './harness.ts'

/** While push works, polls are so far apart, and last a moment. Milliseconds of the app's time. */
const POLL = 18_000

/** After so many whole polls all who are there have been read again: a hundred of them lie on a few pages. */
const POLLS = 3

/** In bad weather a poll may need many tries. Milliseconds. */
const PATIENCE = 120_000

/** Who came longer ago cannot be in a conference any more, and is not looked for (voipbin-api.md 4.2). Milliseconds. */
const DAY = 86_400_000

/** What is on the screen. */
interface Shown {
  /** What it says of its freshness. */
  readonly connection: string
  /** Statuses by id, of those who have not left. */
  readonly live: ReadonlyMap<string, string>
  /** How many there are by status, all together the rows held. */
  readonly counts: Readonly<Record<string, number>>
}

/** Somebody who is shown otherwise than he is. */
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
  /** What was so for `POLL` and is not shown. On a machine that stalls, the app may not have come to it. */
  readonly late: readonly Difference[]
  /** What has been so since before `POLLS` whole polls, and is not shown after them. */
  readonly differences: readonly Difference[]
}

/** A page to be looked at, and what it shows. */
export interface Watched {
  readonly bench: Bench
  readonly tenant: Tenant
  readonly page: Page
  /** Everyone who ever left, if the truth is asked for at least once an hour. */
  readonly gone: Set<string>
  /** How many times faster than this machine the app lives. */
  readonly speed: number
}

/**
 * Holds the screen against the truth. People come and go meanwhile, so only that has to be shown which was so all the
 * time: whoever has the same status before and after.
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

/** The app says that what it shows is so, all of it. */
export const isSure = ({ connection }: Shown): boolean =>
  /^(Live|Polling)/.test(connection) && !connection.includes('Some were last looked at')

/** Lets the app look again, and waits until it has done so. */
async function poll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await page.getByText(/^(Nothing new|\d+ changes?)\.$/).waitFor({ timeout: PATIENCE })
}

/** What the server knows at one moment. */
interface Known {
  readonly now: string
  readonly rows: ReadonlyMap<string, TrueRow>
  /** Everyone who has left since the beginning. */
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

/** Somebody stuck in leaving since before a day, whom a tab opened later never comes to. */
const isTooOld = ({ now, rows }: Known, id: string): boolean => {
  const since = rows.get(id)?.tm_update
  return since !== null && since !== undefined && Date.parse(now) - Date.parse(since) > DAY
}

/** Who has left is not among the rows looked at. Undefined for somebody who is still to come. */
const statusOf = (id: string, { rows, gone }: Known): string | undefined =>
  gone.has(id) ? 'absent' : rows.get(id)?.status

async function truth({ bench, tenant, gone }: Watched): Promise<Known> {
  const { now, participants } = await bench.control<Truth>(tenant, 'truth')
  for (const { id, status } of participants) if (status === 'leaved') gone.add(id)
  return { now, rows: new Map(participants.map((row) => [row.id, row])), gone: new Set(gone) }
}

/**
 * Reads the page as somebody does who goes through it from top to bottom, half a screen at a time: whoever moves
 * meanwhile by less than that is met. Those who left are counted, the others listed.
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
