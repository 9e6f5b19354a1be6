import { useMemo } from 'react'
import { useAct } from '~/actions/act.ts'
import { unholdInput } from '~/derive/controls.ts'
import { participantTarget } from '~/derive/targets.ts'
import { shortId } from '~/domain/ids.ts'
import { writeParticipantView, type ParticipantView } from '~/derive/view.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { RowActions } from '~/table/participants/row-actions.ts'
import { visibleText } from '~/util/visible-text.ts'
import { useMayNow } from '~/pages/permission.ts'
import type { DialQuestion, Questions } from './questions.ts'
import type { RosterScope } from './use-rows.ts'

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
export function useRowActions(
  { conferenceName }: RosterScope,
  { open }: Questions,
  openMenu: RowActions['openMenu'],
): RowActions {
  const { submit } = useAct()
  const mayNow = useMayNow()
  return useMemo(() => {
    const conferenceOf = (id: string | null) =>
      id === null ? 'no conference' : (conferenceName(id) ?? visibleText(shortId(id)))
    return {
      conferenceOf,
      askRemoval: (row) => open({ kind: 'remove', rows: [row] }),
      askHangUp: ({ id }) => open({ kind: 'hang-up', id }),
      control: (kind, row) =>
        submit({
          kind,
          targets: [participantTarget(row, conferenceOf(row.participant.conferenceId))],
          ...(kind === 'unhold' && { input: unholdInput(row) }),
        }),
      askSay: ({ id }) => open({ kind: 'say', id }),
      askCallBack: (row) => open({ kind: 'dial', ...callBack(row, conferenceOf) }),
      openMenu,
      mayNow,
    }
  }, [conferenceName, open, submit, openMenu, mayNow])
}

/** The call that brings back a participant: to its number, from the one it had dialled or was called from. */
const callBack = (
  { label, caller, participant: { conferenceId } }: ParticipantRow,
  conferenceOf: RowActions['conferenceOf'],
): DialQuestion => ({
  conferenceId: conferenceId ?? '',
  conferenceLabel: conferenceOf(conferenceId),
  name: label === caller?.number ? '' : label,
  number: caller?.number ?? '',
  source: caller?.other ?? '',
})
