import { Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { usePoll } from '~/cache/live/poll.ts'
import { useSessionState } from '~/cache/live/session.ts'
import { permits, reasonOf, whileOffline } from '~/domain/capability.ts'
import { Button } from '~/ui/Button.tsx'
import { useCommands } from '~/ui/commands.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { lazy } from '~/ui/lazy.ts'

const CreateDialog = lazy(async () => (await import('./CreateDialog.tsx')).CreateDialog)

/** The button and the command that create a conference, or say why they cannot. */
export function NewConference() {
  const [isOpen, setOpen] = useState(false)
  const permission = useSessionState().session?.permission ?? null
  const { isOnline } = usePoll()
  const online = permits('create', permission)
  const verdict = isOnline ? online : whileOffline(online)
  const reason = reasonOf(verdict)
  const open = () => setOpen(true)
  useCommands(() => [
    { id: 'new-conference', group: 'Conferences', title: 'New conference…', reason, run: open },
  ])
  return (
    <>
      <Button
        className="h-8 max-sm:px-1.5!"
        aria-label="New conference…"
        title="New conference…"
        disabledReason={reason}
        onClick={open}
      >
        <Plus />
        <span className="max-sm:hidden">New conference…</span>
      </Button>
      <ErrorBoundary resetKey={String(isOpen)}>
        <Suspense>
          {isOpen && <CreateDialog verdict={verdict} onClose={() => setOpen(false)} />}
        </Suspense>
      </ErrorBoundary>
    </>
  )
}
