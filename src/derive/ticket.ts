import { changedAt, isGone } from '~/domain/participant.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { durationText, localText, localZoneName, utcText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { muteNote } from './controls.ts'
import { masked } from './masked.ts'
import type { ParticipantRow } from './participant-rows.ts'
import { statusWord } from './status-words.ts'

/** The forms in which a ticket takes text. */
export type TicketFormat = 'text' | 'markdown'

/** What a ticket says beside the records. */
export interface TicketContext {
  readonly format: TicketFormat
  /** Names and numbers are shortened, so that the ticket may be read by others. */
  readonly isMasked: boolean
  /** How many there are, those included that are not listed. */
  readonly total: number
  /** Milliseconds on the server's clock. */
  readonly now: number
  /** How old the data is, as a sentence. */
  readonly freshness: string
  readonly conferenceOf: (id: string | null) => string
  /** The address of a participant, with the origin. */
  readonly linkOf: (row: ParticipantRow) => string
  /** What was done about a participant from here, a sentence each. */
  readonly doneAbout: (id: string) => readonly string[]
}

type Fact = readonly [name: string, text: string]

/** Participants as text for a ticket: caller, conference, state and since when, how old that is, and what was done. */
export function ticketOf(rows: readonly ParticipantRow[], context: TicketContext): string {
  const { format, now, freshness, total } = context
  const facts = rows.map((row) => factsOf(row, context))
  const more = total > rows.length ? [`… and ${total - rows.length} more, not listed here.`] : []
  const asOf = `As of ${bothTimes(now)}. ${freshness}`
  const blocks = facts.map((one) => (format === 'markdown' ? markdown(one) : plain(one)))
  return [...blocks, ...more, asOf].join('\n\n')
}

function factsOf(row: ParticipantRow, context: TicketContext): readonly Fact[] {
  const { participant, caller, label } = row
  const { isMasked, now, conferenceOf, linkOf, doneAbout } = context
  const { createdAt, conferenceId } = participant
  const who = isMasked ? masked(label) : label
  const number = caller?.number ?? ''
  const shownNumber = isMasked ? masked(number) : number
  const since = toMillis(changedAt(participant))
  const mute = isGone(participant) ? undefined : muteNote(row)
  const facts: ReadonlyArray<readonly [string, string | null]> = [
    [
      'Who',
      [who, shownNumber].filter((one, at) => one && (at === 0 || number !== label)).join(', '),
    ],
    ['Conference', `${conferenceOf(conferenceId)} (${conferenceId ?? 'unknown id'})`],
    [
      'State',
      since === 0
        ? `${statusWord(participant.status)}, since when is unknown`
        : `${statusWord(participant.status)} since ${bothTimes(since)}, for ${durationText(now - since)}`,
    ],
    ['Audio', mute ? `${mute.word}: ${mute.title}` : null],
    [isGone(participant) ? 'Was there from' : 'There from', timeOf(createdAt)],
    ['How it left', row.note?.departure?.text ?? null],
    ['Participant', participant.id],
    ['Call', participant.referenceId],
    ...doneAbout(participant.id).map((one): Fact => ['Done from here', one]),
    ['Link', linkOf(row)],
  ]
  return facts.flatMap(([name, text]) =>
    text === null ? [] : [[name, visibleText(text)] as const],
  )
}

const timeOf = (at: Micros | null): string => (at === null ? 'unknown' : bothTimes(toMillis(at)))

/** `2026-01-15 10:30:00 UTC+1 (09:30:00 UTC)`. Milliseconds. */
const bothTimes = (at: number): string =>
  localText(at) === utcText(at)
    ? `${utcText(at)} UTC`
    : `${localText(at)} ${localZoneName(at)} (${utcText(at)} UTC)`

const plain = (facts: readonly Fact[]): string =>
  facts.map(([name, text]) => `${name}: ${text}`).join('\n')

const markdown = (facts: readonly Fact[]): string =>
  facts.map(([name, text]) => `- **${name}**: ${escaped(text)}`).join('\n')

/** What would be markup in Markdown, or in the HTML that it is made to, is text. A link stays one. */
const escaped = (text: string): string =>
  /^https?:\/\/\S+$/.test(text)
    ? `<${text}>`
    : text.replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, String.raw`\$&`)
