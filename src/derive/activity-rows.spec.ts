import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionOf, ASKED_AT, targetOf } from '~/testing/action.fixture.ts'
import { CONFERENCE_KINDS, type Action } from '~/domain/action.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import { localText } from '~/util/time-text.ts'
import { RESULTS } from './outcome-traits.ts'
import {
  activityCsv,
  activityFileName,
  activityRow,
  countByResult,
  viewActivity,
} from './activity-rows.ts'
import { ACTIVITY_COLUMNS, readActivityView, writeActivityView } from './activity-view.ts'

/** A row by nothing but the action, at the moment it was requested. */
const rowOf = (action: Action) => activityRow(action, outcomeOf(action, {}, ASKED_AT, 15_000))

const DEFAULT = readActivityView(new URLSearchParams())
const conferenceId = targetOf().conferenceId ?? ''

describe('the view of the activity', () => {
  it('is the same after it went through a link, and writes nothing while it is the default', () => {
    const view = fc.record({
      text: fc.string(),
      hidden: fc.subarray([...RESULTS]),
      sort: fc.record({ column: fc.constantFrom(...ACTIVITY_COLUMNS), descending: fc.boolean() }),
    })
    fc.assert(
      fc.property(view, (one) => {
        const sent = new URL(`https://page.example/?${writeActivityView(one)}`).searchParams
        expect(readActivityView(sent)).toEqual(one)
      }),
    )
    expect(DEFAULT.sort).toEqual({ column: 'when', descending: true })
    expect(writeActivityView(DEFAULT).toString()).toBe('')
  })

  it('leaves out what a link has wrong', () => {
    const view = readActivityView(new URLSearchParams('hide=failed,nonsense,&sort=nonsense'))
    expect(view).toEqual({ ...DEFAULT, hidden: ['failed'] })
  })
})

describe('activityRow', () => {
  it('holds what was done, about which target, where, by which account, why and what became of it', () => {
    const action = actionOf({
      state: 'failed',
      text: 'The server refused.',
      trace: 'HTTP 500 · INTERNAL · request req_A',
      reason: 'Shouted',
    })
    const row = rowOf(action)
    expect(row).toMatchObject({
      what: 'Removal',
      label: 'Ann',
      number: '+15551230001',
      conference: 'Standup',
      conferenceId,
      by: 'Sam',
      reason: 'Shouted',
      result: 'failed',
      resultText: 'failed',
      details: 'The server refused.',
    })
    for (const text of ['ann', 'req_a', 'standup', 'sam', 'shouted', localText(ASKED_AT)])
      expect(row.search).toContain(text)
    expect(rowOf(action)).toBe(row)
  })

  it('names a conference by its id where it has no name', () => {
    const target = targetOf({ conferenceLabel: '' })
    expect(rowOf(actionOf({ target })).conference).toBe(conferenceId.slice(0, 8))
    for (const kind of CONFERENCE_KINDS) {
      const about = actionOf({ kind, target: targetOf({ id: 'room', conferenceId: null }) })
      expect(rowOf(about).conferenceId).toBe('room')
    }
    const nowhere = targetOf({ conferenceId: null, conferenceLabel: '' })
    expect(rowOf(actionOf({ target: nowhere }))).toMatchObject({
      conference: '',
      conferenceId: null,
    })
  })

  it('shows invisible characters by their code points', () => {
    const row = rowOf(
      actionOf({
        reason: 'a\u202Eb',
        by: '\u200B',
        text: '\u0000',
        target: targetOf({ label: '\u2066x' }),
      }),
    )
    expect([row.reason, row.by, row.details, row.label]).toEqual([
      'a⟨U+202E⟩b',
      '⟨U+200B⟩',
      '⟨U+0000⟩',
      '⟨U+2066⟩x',
    ])
  })
})

describe('viewActivity', () => {
  const rows = [
    rowOf(actionOf({ id: 'a', requestedAt: 1, state: 'failed' })),
    rowOf(actionOf({ id: 'b', requestedAt: 3, target: targetOf({ label: 'Bob' }) })),
    rowOf(actionOf({ id: 'c', requestedAt: 2, trace: 'req_C' })),
  ]
  const ids = (view: Partial<typeof DEFAULT>) =>
    viewActivity(rows, { ...DEFAULT, ...view }).map(({ id }) => id)

  it('shows the newest first, and narrows by text and result', () => {
    expect(ids({})).toEqual(['b', 'c', 'a'])
    expect(ids({ text: 'bob' })).toEqual(['b'])
    expect(ids({ text: 'ann req_c' })).toEqual(['c'])
    expect(ids({ hidden: ['open'] })).toEqual(['a'])
    expect(ids({ sort: { column: 'who', descending: true } })).toEqual(['b', 'a', 'c'])
    expect(ids({ sort: { column: 'trace', descending: false } })[0]).toBe('c')
  })

  it('counts every result, also those that no row has', () => {
    expect(Object.fromEntries(countByResult(rows))).toEqual({
      open: 2,
      pending: 0,
      done: 0,
      unsure: 0,
      connected: 0,
      failed: 1,
      unsent: 0,
    })
  })
})

describe('activityCsv', () => {
  it('writes a header and one line a row, with times in UTC', () => {
    const action = actionOf({ state: 'accepted', sentAt: ASKED_AT + 5, leavingAt: ASKED_AT * 1000 })
    const [header = '', line = '', rest] = activityCsv([rowOf(action)]).split('\r\n')
    const cells = Object.fromEntries(
      header
        .split(',')
        .map((name, index) => [
          name.replaceAll(/["\uFEFF]/g, ''),
          line.split(',')[index]?.replaceAll('"', ''),
        ]),
    )
    expect(cells).toMatchObject({
      'requested (UTC)': '2026-01-15T09:31:00.000Z',
      'sent (UTC)': '2026-01-15T09:31:00.005Z',
      'leaving (UTC)': '2026-01-15T09:31:00.000Z',
      'answered (UTC)': '',
      'gone (UTC)': '',
      action: 'Removal',
      who: 'Ann',
      number: "'+15551230001",
      result: 'accepted',
    })
    expect(rest).toBe('')
  })

  it('is named by the day', () => {
    expect(activityFileName(ASKED_AT)).toBe('rollcall-activity-2026-01-15.csv')
  })
})
