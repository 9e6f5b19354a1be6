import { useQueryClient } from '@tanstack/react-query'
import { settledOf } from '~/cache/activity/activity-store.ts'
import { applyActivity, useActivity } from '~/cache/activity/activity.ts'
import { isPending } from '~/domain/action.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'

/** Asks whether to forget all that is settled, in this and all other tabs. */
export function ClearDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const activity = useActivity()
  const open = [...activity.actions.values()].filter(isPending).length
  const settled = activity.actions.size - open
  return (
    <ConfirmDialog
      title="Clear the activity?"
      confirmLabel="Clear"
      disabledReason={settled === 0 ? 'All of it is still under way.' : undefined}
      onConfirm={() => applyActivity(client, { forgotten: settledOf(activity) })}
      onClose={onClose}
    >
      <p>
        {settled === 1 ? 'One entry is' : `${settled} entries are`} forgotten in this browser, for
        good. Nobody who was removed is recognised any more when they come back.
      </p>
      {open > 0 && (
        <p className="mt-2">
          {open === 1 ? 'One that is' : `${open} that are`} still under way{' '}
          {open === 1 ? 'stays' : 'stay'}.
        </p>
      )}
    </ConfirmDialog>
  )
}
