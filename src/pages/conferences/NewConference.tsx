import { Plus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { permits, reasonOf } from '~/domain/capability.ts'
import { Button } from '~/ui/Button.tsx'
import { useCommands } from '~/ui/commands.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { CreateDialog } from './CreateDialog.tsx'
import { useMayNow, usePermission } from '../permission.ts'

/** The button and the command that create a conference, or say why they cannot. */
export function NewConference() {
  const [isOpen, setOpen] = useState(false)
  const verdict = useMayNow()(permits('create', usePermission()))
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
