import { useState } from 'react'
import { useLocation } from 'react-router'
import { LONGEST_NAME } from '~/derive/saved-views.ts'
import { Button } from '~/ui/Button.tsx'
import { Dialog } from '~/ui/Dialog.tsx'
import { TextField } from '~/ui/TextField.tsx'
import { saveView, useSavedViews } from '../saved-views.ts'

/** Asks for a name for the view on the screen. */
export function SaveViewDialog({ onClose }: { onClose: () => void }) {
  const { pathname, search } = useLocation()
  const [text, setText] = useState('')
  const views = useSavedViews()
  const name = text.trim()
  const isThere = views.some((one) => one.name === name)
  return (
    <Dialog title="Save this view" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          if (name === '') event.preventDefault()
          else saveView({ name, path: pathname + search })
        }}
      >
        <p className="text-muted">
          Filter, order and columns are kept under a name in this browser. Find it in the View menu,
          in the command menu and in the settings.
        </p>
        <TextField label="Name" isFirst maxLength={LONGEST_NAME} value={text} onChange={setText} />
        <p role="status" className="min-h-5 text-leaving">
          {isThere && 'Replaces the view of this name.'}
        </p>
        <div className="mt-2 flex justify-end">
          <Button
            type="submit"
            tone="primary"
            disabledReason={name === '' ? 'Give it a name first.' : undefined}
          >
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
