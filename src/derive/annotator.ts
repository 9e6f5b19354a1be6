import { latestBy, type Action } from '~/domain/action.ts'
import type { CallEnd, CallerFact } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { departureOf, endWhileJoining, type Departure } from './departures.ts'
import type { RowContext, Annotator, Annotation } from './participant-rows.ts'
import { isSameRemovals, NO_REMOVALS, rejoinOf, removalsOf, type Removals } from './rejoins.ts'

/** What is known beside the records of the participants of one conference. */
export interface Facts {
  readonly actions: ReadonlyMap<string, Action>
  readonly conferenceId: string
  readonly conference: Conference | undefined
}

/**
 * Creates the annotator of a conference: which participants came back, and how others left. It returns the same
 * functions while their input is unchanged, so that no row is made again.
 */
export function createAnnotator(): (facts: Facts) => Annotator {
  let removals: Removals | undefined
  let ended: { ending: Action | undefined; ends: string } | undefined
  let [here, gone] = [presenceNote(NO_REMOVALS), departureNote(undefined, undefined)]
  return ({ actions, conferenceId, conference }) => {
    const nextRemovals = removalsOf(actions.values())
    if (!removals || !isSameRemovals(removals, nextRemovals)) {
      removals = nextRemovals
      here = presenceNote(removals)
    }
    const ending = latestBy(actions.values(), ['end']).get(conferenceId)
    const ends = `${conferenceId} ${conference?.deletedAt} ${conference?.endedAt}`
    if (ended?.ending !== ending || ended?.ends !== ends) {
      ended = { ending, ends }
      gone = departureNote(ending, conference)
    }
    return { here, gone, mayComeBack: removals !== NO_REMOVALS }
  }
}

const presenceNote =
  (removals: Removals) =>
  ({ held, caller }: RowContext): Annotation | undefined => {
    const rejoin = rejoinOf(held.participant, caller, removals)
    if (rejoin) return { rejoin, search: 'came back removed' }
    return noteOf(endWhileJoining(held, endOf(caller)))
  }

const departureNote =
  (ending: Action | undefined, conference: Conference | undefined) =>
  ({ held, caller, action, hangUp }: RowContext): Annotation | undefined => {
    const call = endOf(caller)
    return noteOf(departureOf(held, { removal: action, hangUp, ending, conference, call }))
  }

const endOf = (caller: CallerFact | undefined): CallEnd | undefined =>
  caller === undefined || caller === 'gone' ? undefined : caller.end

const noteOf = (departure: Departure | undefined): Annotation | undefined =>
  departure && { departure, search: departure.text.toLowerCase() }
