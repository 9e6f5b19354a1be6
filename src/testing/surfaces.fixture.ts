import { activityCsv, activityRow } from '~/derive/activity-rows.ts'
import { batchViews, countsText } from '~/derive/batches.ts'
import { departureOf } from '~/derive/departures.ts'
import { storyOf, titleOf } from '~/derive/outcome-text.ts'
import { RESULT_NAME } from '~/derive/outcome-traits.ts'
import { rowNote } from '~/derive/outcome-words.ts'
import { askedOf } from '~/derive/asked.ts'
import { participantRow, type ParticipantRow } from '~/derive/participant-rows.ts'
import { stepTexts } from '~/derive/progress-text.ts'
import { evidenceOf, isCallEnded, removalOutcome } from '~/derive/removal-outcome.ts'
import type { Action } from '~/domain/action.ts'
import { historyOf, type RosterEntry } from '~/domain/merge.ts'
import { outcomeOf, type Outcome } from '~/domain/outcome.ts'
import { removalProgress } from '~/domain/removal-progress.ts'
import { batchOf } from './action.fixture.ts'

/** Milliseconds. */
export const LIMIT = 15_000

/** A removal with its participant, the hang-up of its call if there was one, and the time it is looked at. */
export interface Case {
  readonly action: Action
  readonly held: RosterEntry
  readonly hangUp: Action | undefined
  readonly now: number
}

/** What each surface says of one removal. */
export interface Surfaces {
  /** The row of the participant: its status and what is added to it. */
  readonly row: string
  /** The steps in the panel. */
  readonly panel: string
  /** The card of one, and the line and the count in the card of many. */
  readonly card: string
  readonly count: string
  /** The activity: the result in words, the group it is filtered by, and the same in the file. */
  readonly activity: string
  readonly group: string
  readonly csv: string
  /** How the participant left, in row and panel. */
  readonly departure: string
}

/** As the row and the panel get it: by the row alone. */
function rowOf({ action, held, hangUp }: Case): ParticipantRow {
  const all = [action, ...(hangUp ? [hangUp] : [])]
  const asked = askedOf(new Map(all.map((one) => [one.id, one])), null)
  return participantRow(held, { callers: new Map(), asked, annotator: undefined })
}

/** As card, activity and file get it: by the action and what is held of its target (pages/use-outcomes.ts). */
const outcomeIn = ({ action, held, hangUp, now }: Case): Outcome =>
  outcomeOf(action, { participant: held.participant, history: historyOf(held), hangUp }, now, LIMIT)

/** What every surface says of a case. */
export function surfacesOf(one: Case): Surfaces {
  const { action, held, hangUp, now } = one
  const row = rowOf(one)
  const outcome = outcomeIn(one)
  const progress = removalProgress(action, evidenceOf(row), now, LIMIT)
  const ofRow = removalOutcome(row, now, LIMIT)
  const inActivity = activityRow(action, outcome)
  const batch = batchOf()
  const [view] = batchViews([action], new Map([[batch.id, batch]]), now, () => outcome)
  return {
    row: [row.participant.status, ofRow && rowNote(ofRow.state), isCallEnded(row) && 'call ended']
      .filter(Boolean)
      .join(', '),
    panel: progress ? stepTexts(progress, now).join(', ') : '',
    card: `${titleOf(action, outcome)}. ${storyOf(action, outcome, LIMIT)}`,
    count: view ? countsText(view.counts, 'remove') : '',
    activity: inActivity.resultText,
    group: RESULT_NAME[inActivity.result],
    csv: resultIn(activityCsv([inActivity])),
    departure: departureOf(held, { removal: action, hangUp })?.text ?? '',
  }
}

const cellsOf = (text: string): readonly string[] =>
  text.replace('\uFEFF', '').slice(1, -1).split('","')

/** The cell under "result" of a file with one line. */
export function resultIn(csv: string): string {
  const [header = '', line = ''] = csv.split('\r\n')
  return cellsOf(line)[cellsOf(header).indexOf('result')] ?? ''
}

/** The claims that a text may make of one removal. */
const CLAIMS = [
  ['stillConnected', /still connected/],
  ['gone', /\bgone (after|since)|^gone$|\d gone$|\bhas left\b|had already left/],
  ['notGone', /not gone yet|Still leaving/],
  ['callEnded', /call ended|call of Ann has ended/],
  ['notConfirmed', /not confirmed(?!, but)/],
  ['failed', /\bfailed(?!, but)|was not removed/],
  ['removed', /^removed from here/],
] as const

type Claim = (typeof CLAIMS)[number][0]

/** What a text claims. */
export const claimsOf = (text: string): ReadonlySet<Claim> =>
  new Set(CLAIMS.flatMap(([claim, words]) => (words.test(text) ? [claim] : [])))

/** Pairs that no two surfaces may claim of the same removal at the same time. */
const CONTRADICTIONS: readonly (readonly [Claim, Claim])[] = [
  ['stillConnected', 'gone'],
  ['stillConnected', 'notGone'],
  ['stillConnected', 'callEnded'],
  ['stillConnected', 'notConfirmed'],
  ['stillConnected', 'failed'],
  ['notGone', 'gone'],
  ['callEnded', 'notConfirmed'],
  ['failed', 'gone'],
  ['failed', 'notGone'],
  ['failed', 'callEnded'],
]

/** Surfaces that contradict each other. How the participant left is another matter, so `departure` is left out. */
export function contradictionsIn(surfaces: Surfaces): readonly string[] {
  const claims = Object.entries<string>({ ...surfaces, departure: '' }).map(
    ([name, text]) => [`${name} “${text}”`, claimsOf(text)] as const,
  )
  return CONTRADICTIONS.flatMap(([one, other]) =>
    claims
      .filter(([, made]) => made.has(one))
      .flatMap(([a]) =>
        claims.filter(([, made]) => made.has(other)).map(([b]) => `${a} against ${b}`),
      ),
  )
}
