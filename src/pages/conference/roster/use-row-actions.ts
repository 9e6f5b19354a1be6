import { useMemo } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { writeParticipantView, type ParticipantView } from '~/derive/view.ts'
import type { RowActions } from '~/table/participants/columns.tsx'

/**
 * What can be done from a row. Apart from the page: what is made there keeps all the page knows for as long as it is
 * kept itself, and this is kept until the view changes, by when a whole day of rows may have come and gone.
 */
export const useRowActions = (
  view: ParticipantView,
  askRemoval: (rows: readonly ParticipantRow[]) => void,
  askHangUp: (id: string) => void,
): RowActions =>
  useMemo(
    () => ({
      panelOf: (id) => `?${writeParticipantView({ ...view, participant: id })}`,
      askRemoval: (row) => askRemoval([row]),
      askHangUp: ({ id }) => askHangUp(id),
    }),
    [view, askRemoval, askHangUp],
  )
