import type { Zone } from '~/util/time-text.ts'
import { PARTICIPANT_COLUMNS, type ParticipantColumn } from './view.ts'

/** How wide a column is, when it is not as wide as usual. */
export const COLUMN_WIDTHS = { narrow: 96, medium: 160, wide: 288 } as const
export type ColumnWidth = keyof typeof COLUMN_WIDTHS

/** How an operator wants tables and times to look. */
export interface Look {
  /** The columns of participants that are shown, in their order. */
  readonly columns: readonly ParticipantColumn[]
  readonly widths: Readonly<Partial<Record<ParticipantColumn, ColumnWidth>>>
  readonly density: 'normal' | 'compact'
  readonly zone: Zone
  /** Times as a moment, or as how long ago it was. */
  readonly times: 'absolute' | 'relative'
}

export const DEFAULT_LOOK: Look = {
  columns: PARTICIPANT_COLUMNS,
  widths: {},
  density: 'normal',
  zone: 'local',
  times: 'absolute',
}

/** The look that was stored; what is missing, damaged or of another version is as by default. */
export function parseLook(found: unknown): Look {
  const stored = isObject(found) ? found : {}
  const widths = isObject(stored['widths']) ? stored['widths'] : {}
  return {
    columns: Array.isArray(stored['columns']) ? columnsOf(stored['columns']) : DEFAULT_LOOK.columns,
    widths: Object.fromEntries(
      PARTICIPANT_COLUMNS.flatMap((column) => {
        const width = widths[column]
        return isWidth(width) ? [[column, width]] : []
      }),
    ),
    density: stored['density'] === 'compact' ? 'compact' : 'normal',
    zone: typeof stored['zone'] === 'string' && isZone(stored['zone']) ? stored['zone'] : 'local',
    times: stored['times'] === 'relative' ? 'relative' : 'absolute',
  }
}

/** What a link sets of the look, over what the browser has. */
export type LookOverride = Partial<Pick<Look, 'columns' | 'density' | 'zone' | 'times'>>

/** Reads what a link sets of the look; the problems are sentences about what is ignored. */
export function readLook(query: URLSearchParams): {
  readonly look: LookOverride
  readonly problems: readonly string[]
} {
  const problems: string[] = []
  const taken = <T>(key: string, of: (text: string) => T | undefined): T | undefined => {
    const text = query.get(key)
    if (text === null) return undefined
    const value = of(text)
    if (value === undefined) problems.push(`The link asks for ${key}=${text}, which is ignored.`)
    return value
  }
  const columns = taken('cols', (text) => {
    const names = text.split(',').filter(Boolean)
    const unknown = names.filter((name) => !PARTICIPANT_COLUMNS.some((one) => one === name))
    if (unknown.length > 0) problems.push(`There is no column ${unknown.join(', ')}.`)
    return columnsOf(names)
  })
  const density = taken('density', (text) => oneOf(DENSITIES, text))
  const zone = taken('zone', (text) => (isZone(text) ? text : undefined))
  const times = taken('times', (text) => oneOf(TIMES, text))
  const look = { ...(columns && { columns }), ...(density && { density }) }
  return { look: { ...look, ...(zone && { zone }), ...(times && { times }) }, problems }
}

/** The settings of a look as a link has them: all that are not by default. */
export function writeLook(look: Look): URLSearchParams {
  const query = new URLSearchParams()
  if (String(look.columns) !== String(DEFAULT_LOOK.columns))
    query.set('cols', look.columns.join(','))
  for (const key of ['density', 'zone', 'times'] as const)
    if (look[key] !== DEFAULT_LOOK[key]) query.set(key, look[key])
  return query
}

/** The known columns among some names, each once, the name of the participant always among them. */
function columnsOf(names: readonly unknown[]): readonly ParticipantColumn[] {
  const known = names.flatMap((name) => PARTICIPANT_COLUMNS.find((one) => one === name) ?? [])
  return [...new Set<ParticipantColumn>(known.includes('who') ? known : ['who', ...known])]
}

/** A column moved one place up or down among those shown. */
export function movedColumn(
  columns: readonly ParticipantColumn[],
  column: ParticipantColumn,
  step: -1 | 1,
): readonly ParticipantColumn[] {
  const from = columns.indexOf(column)
  const to = from + step
  if (from < 0 || to < 0 || to >= columns.length) return columns
  return columns.toSpliced(from, 1).toSpliced(to, 0, column)
}

/** A name of the time zone database, `utc` or `local`. */
export function isZone(text: string): boolean {
  if (text === 'local' || text === 'utc') return true
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const DENSITIES = ['normal', 'compact'] as const
const TIMES = ['absolute', 'relative'] as const

const oneOf = <T extends string>(all: readonly T[], text: string): T | undefined =>
  all.find((one) => one === text)

const isWidth = (value: unknown): value is ColumnWidth =>
  typeof value === 'string' && value in COLUMN_WIDTHS

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
