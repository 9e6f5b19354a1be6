import { use } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { reasonOf } from '~/domain/capability.ts'
import { Button } from '~/ui/Button.tsx'
import { RowActionsContext } from './row-actions.ts'
import { useOffersHangUp } from './removal-state.ts'

/** A removal, or what is left to do where one did not work or cannot: hanging up the call. */
export function NextStep({ row }: { row: ParticipantRow }) {
  const { askRemoval, askHangUp, mayNow } = use(RowActionsContext)
  const isHangUp = useOffersHangUp(row)
  const { removal, hangUpVerdict, fullLabel } = row
  const words = isHangUp ? 'Hang up' : 'Remove'
  return (
    <Button
      // A new element: what is pressed on the one button must not be released on the other.
      key={words}
      tone={isHangUp ? 'danger' : 'quiet'}
      tabIndex={-1}
      aria-label={`${words} ${fullLabel}`}
      disabledReason={reasonOf(mayNow(isHangUp ? hangUpVerdict : removal))}
      onClick={() => (isHangUp ? askHangUp(row) : askRemoval(row))}
    >
      {words}
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
