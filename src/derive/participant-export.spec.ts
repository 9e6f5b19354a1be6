import { describe, expect, it } from 'vitest'
import { merge } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { exportFileName, exportParts, type ExportContext } from './participant-export.ts'
import { participantRow } from './participant-rows.ts'

const CALL = participantOf().referenceId ?? ''

const rowOf = (id: string, name = 'Ann') =>
  participantRow(merge(undefined, participantOf({ id })), {
    callers: new Map([[CALL, { name, number: '+15550104711' }]]),
    asked: {
      permission: null,
      removals: new Map(),
      hangUps: new Map(),
      mutes: new Map(),
      holds: new Map(),
    },
    annotator: undefined,
  })

const CONTEXT: ExportContext = {
  format: 'csv',
  columns: ['who', 'status', 'created'],
  zone: 'utc',
  zoneName: 'UTC',
  conferenceOf: () => 'Sales',
}

const textOf = (rows: Parameters<typeof exportParts>[0], context = CONTEXT) =>
  [...exportParts(rows, context)].join('')

describe('an export', () => {
  it('has the columns shown, in their order, with the zone of the times', () => {
    expect(textOf([rowOf('a')])).toBe(
      '\uFEFF"name","number","status","note","created (UTC)"\r\n' +
        `"Ann","'+15550104711","joined","","2026-01-15 09:30:00"\r\n`,
    )
    expect(textOf([], { ...CONTEXT, columns: ['id', 'conference'] })).toBe(
      '\uFEFF"id","conference","conference id"\r\n',
    )
  })

  it('has no cell that a spreadsheet runs', () => {
    expect(textOf([rowOf('a', '=HYPERLINK("http://evil")')])).toContain(
      `"'=HYPERLINK(""http://evil"")"`,
    )
  })

  it('has one mark and each row once, however many there are', () => {
    const rows = Array.from({ length: 1234 }, (_, at) => rowOf(`p${at}`))
    const text = textOf(rows, { ...CONTEXT, columns: ['id'] })
    expect(text.split('\uFEFF')).toHaveLength(2)
    expect(text.trim().split('\r\n').slice(1)).toEqual(rows.map(({ id }) => `"${id}"`))
    const json = textOf(rows, { ...CONTEXT, format: 'json', columns: ['id', 'since'] })
    expect(JSON.parse(json)).toEqual({
      zone: 'UTC',
      participants: rows.map(({ id }) => ({ id, since: '2026-01-15 09:30:00' })),
    })
  })

  it('of no rows is valid JSON', () => {
    expect(JSON.parse(textOf([], { ...CONTEXT, format: 'json' }))).toEqual({
      zone: 'UTC',
      participants: [],
    })
  })

  it('has a name that sorts by time and that every file system takes', () => {
    expect(exportFileName('json', THEN / 1000)).toBe(
      'rollcall-participants-2026-01-15T09-30-00Z.json',
    )
  })
})
