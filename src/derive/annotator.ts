import { latestBy, type Action } from '~/domain/action.ts'
import { knownCaller, type CallEnd, type CallerFact } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { departureOf, endWhileJoining, type Departure } from './departures.ts'
import type { RowContext, Annotator, Annotation } from './participant-rows.ts'
import { isSameRemovals, NO_REMOVALS, rejoinOf, removalsOf, type Removals } from './rejoins.ts'

/** What is known beside the records of participants. */
export interface Facts {
  readonly actions: ReadonlyMap<string, Action>
  /** The conferences they are in, as far as their records are read, by id. */
  readonly conferences: ReadonlyMap<string, Conference>
}

/**
 * Creates an annotator: which participants came back, and how others left. It returns the same functions while their
 * input is unchanged, so that no row is made again.
 */
export function createAnnotator(): (facts: Facts) => Annotator {
  let removals: Removals | undefined
  let known = ''
  let [here, gone] = [presenceNote(NO_REMOVALS), departureNote(new Map(), new Map())]
  return ({ actions, conferences }) => {
    const nextRemovals = removalsOf(actions.values())
    if (!removals || !isSameRemovals(removals, nextRemovals)) {
      removals = nextRemovals
      here = presenceNote(removals)
    }
    const endings = latestBy(actions.values(), ['end'])
    const next = textOf(endings.values(), conferences.values())
    if (known !== next) {
      known = next
      gone = departureNote(endings, conferences)
    }
    return { here, gone, mayComeBack: removals !== NO_REMOVALS }
  }
}

/** All that can tell of the end of conferences as one text, so that what is equal is recognised. */
const textOf = (endings: Iterable<Action>, conferences: Iterable<Conference>): string =>
  JSON.stringify([
    Array.from(endings, ({ id, revision }) => [id, revision]),
    [...conferences].flatMap(({ id, deletedAt, endedAt }) =>
      deletedAt === null && endedAt === null ? [] : [[id, deletedAt, endedAt]],
    ),
  ])

const presenceNote =
  (removals: Removals) =>
  ({ held, caller }: RowContext): Annotation | undefined => {
    const rejoin = rejoinOf(held.participant, caller, removals)
    if (rejoin) return { rejoin, search: 'came back removed' }
    return noteOf(endWhileJoining(held, endOf(caller)))
  }

const departureNote =
  (endings: ReadonlyMap<string, Action>, conferences: ReadonlyMap<string, Conference>) =>
  ({ held, caller, action, hangUp }: RowContext): Annotation | undefined => {
    const call = endOf(caller)
    const id = held.participant.conferenceId ?? ''
    const [ending, conference] = [endings.get(id), conferences.get(id)]
    return noteOf(departureOf(held, { removal: action, hangUp, ending, conference, call }))
  }

const endOf = (caller: CallerFact | undefined): CallEnd | undefined => knownCaller(caller)?.end

const noteOf = (departure: Departure | undefined): Annotation | undefined =>
  departure && { departure, search: departure.text.toLowerCase() }
