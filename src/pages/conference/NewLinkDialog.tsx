import { useAct } from '~/actions/act.ts'
import type { Target } from '~/domain/action.ts'
import { reasonOf, type Verdict } from '~/domain/capability.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { visibleText } from '~/util/visible-text.ts'

interface NewLinkDialogProps {
  /** The conference. */
  readonly target: Target
  readonly verdict: Verdict
  readonly onClose: () => void
}

/** Asks whether to replace the dial-in link of a conference. The link itself is a secret that is never shown here. */
export function NewLinkDialog({ target, verdict, onClose }: NewLinkDialogProps) {
  const { submit } = useAct()
  return (
    <ConfirmDialog
      title={`New dial-in link for ${visibleText(target.label)}?`}
      confirmLabel="Replace the link"
      disabledReason={reasonOf(verdict)}
      onConfirm={() => submit({ kind: 'new-link', targets: [target] })}
      onClose={onClose}
    >
      <p>
        The old link is dead at once: whoever has it cannot dial in with it any more.{' '}
        <strong>This cannot be undone.</strong> Those who are in stay in. The new link is a secret
        that Rollcall never shows: read it in the platform’s own admin and send it to those you
        expect.
      </p>
      {!verdict.allowed && <p className="mt-2 text-danger">{verdict.reason}</p>}
    </ConfirmDialog>
  )
}
