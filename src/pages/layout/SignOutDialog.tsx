import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { signOut } from '~/actions/session.ts'
import { settledOf } from '~/cache/activity/activity-store.ts'
import { applyActivity, useActivity } from '~/cache/activity/activity.ts'
import { isPending } from '~/domain/action.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'

/** Asks whether to clear the settled activity of the account that signs out; open requests wait. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const activity = useActivity()
  const [clears, setClears] = useState(false)
  const open = [...activity.actions.values()].filter(isPending).length
  const settled = activity.actions.size - open
  return (
    <ConfirmDialog
      title="Sign out?"
      confirmLabel={clears ? 'Sign out and clear activity' : 'Sign out'}
      onConfirm={() => {
        if (clears) applyActivity(client, { forgotten: settledOf(activity) })
        signOut()
      }}
      onClose={onClose}
      more={
        settled > 0 && (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              data-first
              checked={clears}
              onChange={({ target }) => setClears(target.checked)}
            />
            Clear my activity in this browser ({settled === 1 ? '1 entry' : `${settled} entries`})
          </label>
        )
      }
    >
      {open > 0 && (
        <p className="mb-2 font-semibold">
          {open === 1 ? '1 request is' : `${open} requests are`} not done yet.{' '}
          {activity.isKept === false
            ? 'This browser does not keep the activity: what is not sent is lost.'
            : 'What is not sent waits until you sign in again.'}
        </p>
      )}
      {activity.isKept === null && (
        <p>Your activity in this browser is still loading. You can clear it once it is loaded.</p>
      )}
      {settled > 0 && <p>Your activity stays in this browser. Other accounts do not see it.</p>}
    </ConfirmDialog>
  )
}
