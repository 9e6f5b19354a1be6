import { describe, expect, it } from 'vitest'
import { merge } from '~/domain/merge.ts'
import { toMillis } from '~/domain/time.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { masked } from './masked.ts'
import { participantRow } from './participant-rows.ts'
import { ticketOf, type TicketContext } from './ticket.ts'

const CALL = participantOf().referenceId ?? ''

const rowOf = (name: string, number = '+15550104711') =>
  participantRow(merge(undefined, participantOf({ updatedAt: THEN + 1_000_000 })), {
    callers: new Map([[CALL, { name, number }]]),
    asked: {
      permission: null,
      removals: new Map(),
      hangUps: new Map(),
      mutes: new Map(),
      holds: new Map(),
    },
    annotator: undefined,
  })

const CONTEXT: TicketContext = {
  format: 'text',
  isMasked: false,
  total: 1,
  now: toMillis(THEN) + 61_000,
  freshness: 'Live.',
  conferenceOf: () => 'Sales',
  linkOf: () => 'https://rollcall.example/x?participant=1',
  doneAbout: () => ['Removal by sam: gone, request id 7f'],
}

describe('a ticket', () => {
  it('has caller, conference, state and times in both zones, the age of the data, and what was done', () => {
    const text = ticketOf([rowOf('Ann Lee')], CONTEXT)
    expect(text).toContain('Who: Ann Lee, +15550104711\n')
    expect(text).toContain(`Conference: Sales (${participantOf().conferenceId})`)
    expect(text).toContain('State: joined since ')
    expect(text).toMatch(/2026-01-15 09:30:01 UTC\)?, for 1 m 00 s/)
    expect(text).toContain(`Participant: ${participantOf().id}`)
    expect(text).toContain(`Call: ${CALL}`)
    expect(text).toContain('Done from here: Removal by sam: gone, request id 7f')
    expect(text).toContain('Link: https://rollcall.example/x?participant=1')
    expect(text).toMatch(/As of .*2026-01-15 09:31:01 UTC\)?\. Live\.$/)
  })

  it('shortens name and number when it is masked', () => {
    const text = ticketOf([rowOf('Ann Lee')], { ...CONTEXT, isMasked: true })
    expect(text).toContain('Who: A. L., …4711')
    expect(text).not.toContain('Ann')
    expect(text).not.toContain('555010')
  })

  it('has nothing of a hostile name that is markup, in Markdown or HTML, or reorders the text', () => {
    const name = '<img src=x>[a](http://evil) **b** `c` | \u202Egnp'
    const text = ticketOf([rowOf(name)], { ...CONTEXT, format: 'markdown' })
    expect(text).toContain(
      String.raw`\<img src=x\>\[a\]\(http://evil\) \*\*b\*\* \`c\` \| ⟨U\+202E⟩gnp`,
    )
    expect(text).toContain('- **Link**: <https://rollcall.example/x?participant=1>')
  })

  it('says how many are not listed', () => {
    const text = ticketOf([rowOf('Ann'), rowOf('Bob')], { ...CONTEXT, total: 5 })
    expect(text.match(/^Who:/gm)).toHaveLength(2)
    expect(text).toContain('… and 3 more, not listed here.')
  })
})

describe('masked', () => {
  it.each([
    ['Ann Lee', 'A. L.'],
    ['+1 (555) 010-4711', '…4711'],
    ['٠٥٥٥٠١٠٤٧١١', '…4711'],
    ['471', '4.'],
    ['Room 12345', 'R. 1.'],
    ['', ''],
  ])('%s is %s', (text, short) => {
    expect(masked(text)).toBe(short)
  })
})
