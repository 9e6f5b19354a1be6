import { useMemo } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { whileOffline } from '~/domain/capability.ts'
import { writeParticipantView, type ParticipantView } from '~/derive/view.ts'
import type { RowActions } from '~/table/participants/columns.tsx'

/**
 * The actions of a row. A hook of its own: these closures live until the view changes, and made in
 * the page they would keep its whole scope alive, with all rows of that time.
 */
export const useRowActions = (
  view: ParticipantView,
  askRemoval: (rows: readonly ParticipantRow[]) => void,
  askHangUp: (id: string) => void,
  isOnline: boolean,
): RowActions =>
  useMemo(
    () => ({
      panelOf: (id) => `?${writeParticipantView({ ...view, participant: id })}`,
      askRemoval: (row) => askRemoval([row]),
      askHangUp: ({ id }) => askHangUp(id),
      mayNow: isOnline ? (verdict) => verdict : whileOffline,
    }),
    [view, askRemoval, askHangUp, isOnline],
  )
