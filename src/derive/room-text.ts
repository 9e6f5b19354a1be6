import type { Room } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import { durationText } from '~/util/time-text.ts'

/** What of a conference can be edited, as its record has it. */
export const roomOf = ({ name, detail, timeout }: Conference): Room => ({ name, detail, timeout })

/** What the platform makes of a limit under a minute (voipbin-api.md 16). Seconds. */
const [SHORTEST, INSTEAD] = [60, 86_400]

/** The limit that the platform keeps. Seconds. */
export const limitOf = (timeout: number): number =>
  timeout > 0 && timeout < SHORTEST ? INSTEAD : timeout

/** A detail may be a page long. Characters. */
const LONGEST = 80

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

const quoted = (text: string): string => (text === '' ? 'empty' : `“${cut(text)}”`)

/** A time limit in words: `1 h 00 m` or `none`. Seconds. */
const limitText = (timeout: number): string => (timeout > 0 ? durationText(timeout * 1000) : 'none')

interface Field {
  readonly name: string
  /** By the value, not by the text, which is cut. */
  readonly value: (room: Room) => string | number
  readonly text: (room: Room) => string
}

const FIELDS: readonly Field[] = [
  { name: 'name', value: ({ name }) => name, text: ({ name }) => quoted(name) },
  { name: 'detail', value: ({ detail }) => detail, text: ({ detail }) => quoted(detail) },
  {
    name: 'time limit',
    value: ({ timeout }) => limitOf(timeout),
    text: ({ timeout }) => limitText(timeout),
  },
]

const changedFields = (before: Room, now: Room): readonly Field[] =>
  FIELDS.filter(({ value }) => value(before) !== value(now))

/** Whether two say the same; a limit under a minute is the day that the platform makes of it. */
export const isSameRoom = (one: Room, other: Room): boolean =>
  changedFields(one, other).length === 0

/** A sentence for each field that differs: `The name was “Standup” and is “Board” now.` The text is not safe to show yet. */
export const roomChanges = (before: Room, now: Room): readonly string[] =>
  changedFields(before, now).map(
    ({ name, text }) => `The ${name} was ${text(before)} and is ${text(now)} now.`,
  )

/** The fields that an operator has changed: only these are sent again over a later change. */
export const typedIn = (before: Room, wanted: Room): Partial<Room> => ({
  ...(wanted.name !== before.name && { name: wanted.name }),
  ...(wanted.detail !== before.detail && { detail: wanted.detail }),
  ...(wanted.timeout !== before.timeout && { timeout: wanted.timeout }),
})

/** A time limit as it is typed: in minutes, empty for none. */
export const limitInput = (timeout: number): string =>
  timeout > 0 ? String(Number((timeout / 60).toFixed(2))) : ''

/** A typed time limit in seconds, or why it is none. */
export function parseLimit(text: string): number | string {
  const typed = text.trim().replace(',', '.')
  if (typed === '') return 0
  const minutes = Number(typed)
  if (!Number.isFinite(minutes) || minutes < 0) return 'The time limit is a number of minutes.'
  if (minutes === 0) return 0
  const seconds = Math.round(minutes * 60)
  return seconds < SHORTEST
    ? 'The time limit is a minute at least: the platform makes a day of less.'
    : seconds
}
