import { callerName } from '~/domain/call.ts'
import { changedAt } from '~/domain/participant.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { zonedText, type Zone } from '~/util/time-text.ts'
import { csvOf } from './csv.ts'
import type { ParticipantRow } from './participant-rows.ts'
import { statusWord } from './status-words.ts'
import type { ParticipantColumn } from './view.ts'

export type ExportFormat = 'csv' | 'json'

/** What an export is made of, beside its rows. */
export interface ExportContext {
  readonly format: ExportFormat
  /** The columns shown, in their order. */
  readonly columns: readonly ParticipantColumn[]
  readonly zone: Zone
  /** The name of the zone, for the header of the file. */
  readonly zoneName: string
  readonly conferenceOf: (id: string | null) => string
}

type Cell = readonly [header: string, text: (row: ParticipantRow, context: ExportContext) => string]

/** What each column of the table is in a file; some are several there. */
const CELLS: Readonly<Record<ParticipantColumn, readonly Cell[]>> = {
  who: [
    ['name', ({ caller }) => (caller ? callerName(caller) : '')],
    ['number', ({ caller }) => caller?.number ?? ''],
  ],
  conference: [
    ['conference', ({ participant }, { conferenceOf }) => conferenceOf(participant.conferenceId)],
    ['conference id', ({ participant }) => participant.conferenceId ?? ''],
  ],
  status: [
    ['status', ({ participant }) => statusWord(participant.status)],
    ['note', ({ note }) => note?.departure?.text ?? (note?.rejoin ? 'came back' : '')],
  ],
  since: [['since', ({ participant }, context) => timeIn(changedAt(participant) || null, context)]],
  created: [['created', ({ participant }, context) => timeIn(participant.createdAt, context)]],
  updated: [['updated', ({ participant }, context) => timeIn(participant.updatedAt, context)]],
  reference: [
    ['reference type', ({ participant }) => participant.referenceType ?? ''],
    ['reference id', ({ participant }) => participant.referenceId ?? ''],
  ],
  id: [['id', ({ id }) => id]],
}

const IS_TIME = new Set(['since', 'created', 'updated'])

const timeIn = (at: Micros | null, { zone }: ExportContext): string =>
  at === null ? '' : zonedText(toMillis(at), zone)

/** So many rows are made at once; the page answers to keys in between. */
const CHUNK = 500

/** The rows of an export by their places. */
interface ExportedRows {
  readonly length: number
  readonly slice: (start: number, end: number) => readonly ParticipantRow[]
}

/** The parts of a file with exactly these rows and columns, one after another, so that a long one need not be made at once. */
export function* exportParts(rows: ExportedRows, context: ExportContext): Generator<string> {
  const cells = context.columns.flatMap((column) => CELLS[column])
  const write = context.format === 'csv' ? csvParts : jsonParts
  yield* write(rows, cells, context)
}

function* csvParts(
  rows: ExportedRows,
  cells: readonly Cell[],
  context: ExportContext,
): Generator<string> {
  const header = cells.map(([name]) => (IS_TIME.has(name) ? `${name} (${context.zoneName})` : name))
  yield csvOf([header])
  for (let at = 0; at < rows.length; at += CHUNK) {
    const lines = rows
      .slice(at, at + CHUNK)
      .map((row) => cells.map(([, text]) => text(row, context)))
    yield csvOf(lines, { isFirst: false })
  }
}

function* jsonParts(
  rows: ExportedRows,
  cells: readonly Cell[],
  context: ExportContext,
): Generator<string> {
  yield `{"zone":${JSON.stringify(context.zoneName)},"participants":[`
  for (let at = 0; at < rows.length; at += CHUNK) {
    const objects = rows
      .slice(at, at + CHUNK)
      .map((row) =>
        JSON.stringify(Object.fromEntries(cells.map(([name, text]) => [name, text(row, context)]))),
      )
    yield `${at > 0 ? ',' : ''}\n${objects.join(',\n')}`
  }
  yield '\n]}\n'
}

/** The name of the file. `now` in milliseconds; in UTC, without what file systems do not take. */
export const exportFileName = (format: ExportFormat, now: number): string =>
  `rollcall-participants-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z.${format}`
