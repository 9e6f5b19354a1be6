import { use } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { reasonOf } from '~/domain/capability.ts'
import { Button } from '~/ui/Button.tsx'
import { RowActionsContext } from './row-actions.ts'
import { useOffersHangUp } from './use-offers-hang-up.ts'

/** A removal, or what is left to do where one did not work or cannot: hanging up the call. */
export const NextStep = ({ row }: { row: ParticipantRow }) =>
  useOffersHangUp(row) ? <HangUp row={row} /> : <Remove row={row} />

function HangUp({ row }: { row: ParticipantRow }) {
  const { askHangUp, mayNow } = use(RowActionsContext)
  const { hangUpVerdict, fullLabel } = row
  return (
    <Button
      tone="danger"
      tabIndex={-1}
      aria-label={`Hang up ${fullLabel}`}
      disabledReason={reasonOf(mayNow(hangUpVerdict))}
      onClick={() => askHangUp(row)}
    >
      Hang up
    </Button>
  )
}

function Remove({ row }: { row: ParticipantRow }) {
  const { askRemoval, mayNow } = use(RowActionsContext)
  const { removal, fullLabel } = row
  return (
    <Button
      tone="quiet"
      tabIndex={-1}
      aria-label={`Remove ${fullLabel}`}
      disabledReason={reasonOf(mayNow(removal))}
      onClick={() => askRemoval(row)}
    >
      Remove
    </Button>
  )
}

/** Opens everything that can be done to the participant. */
export function MenuButton({ row }: { row: ParticipantRow }) {
  const { openMenu } = use(RowActionsContext)
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`More for ${row.fullLabel}`}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => openMenu(row, currentTarget)}
      className="size-7 rounded text-muted hover:bg-page hover:text-ink"
    >
      ⋯
    </button>
  )
}
