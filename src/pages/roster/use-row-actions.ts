import { useMemo } from 'react'
import { whileOffline } from '~/domain/capability.ts'
import { writeParticipantView, type ParticipantView } from '~/derive/view.ts'
import type { RowActions } from '~/table/participants/row-actions.ts'
import { conferenceLabelIn, type Questions } from './RosterDialogs.tsx'
import type { RosterScope } from './use-rows.ts'

interface RowActionsOptions extends Pick<RowActions, 'openMenu'> {
  readonly conferenceName: RosterScope['conferenceName']
  readonly questions: Pick<Questions, 'askRemoval' | 'askHangUp'>
  readonly isOnline: boolean
}

/** The address of the page with a participant's panel open. */
export const usePanelPath = (view: ParticipantView): ((id: string) => string) =>
  useMemo(() => {
    // Written once and changed for each row: to write it anew was a tenth of drawing a row.
    const query = writeParticipantView({ ...view, participant: 'id' })
    return (id) => {
      query.set('participant', id)
      return `?${query}`
    }
  }, [view])

/**
 * The actions of a row. A hook of its own: these closures live for long, and made in the page they would keep its whole
 * scope alive, with all rows of that time.
 */
export function useRowActions(options: RowActionsOptions): RowActions {
  const { conferenceName, questions, openMenu, isOnline } = options
  const { askRemoval, askHangUp } = questions
  return useMemo(
    () => ({
      conferenceOf: (id) => conferenceLabelIn({ conferenceName }, id),
      askRemoval: (row) => askRemoval([row]),
      askHangUp: ({ id }) => askHangUp(id),
      openMenu,
      mayNow: isOnline ? (verdict) => verdict : whileOffline,
    }),
    [conferenceName, askRemoval, askHangUp, openMenu, isOnline],
  )
}
