import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { useDeliberate } from './deliberate.ts'
import { closeModal, MODAL_LOOK, showModal } from './modal.ts'

interface ConfirmDialogProps {
  readonly title: string
  /** The question, read out when the dialog opens. */
  readonly children: ReactNode
  /** Lists and fields below the question; not read out with it, and scrolled when long. */
  readonly more?: ReactNode
  readonly confirmLabel: string
  /** `danger` by default: something ends. */
  readonly confirmTone?: 'danger' | 'primary'
  /** Why it cannot be confirmed (any more). */
  readonly disabledReason?: string | undefined
  readonly onConfirm: () => void
  /** Called after any way of closing; the focus is back where it was by then. */
  readonly onClose: () => void
}

/**
 * Asks before something that cannot be undone. The browser's own modal dialog: it traps the focus,
 * makes the rest inert, closes on Escape and gives the focus back. The gesture that opened it can neither confirm nor
 * leave it (deliberate.ts); once confirmed it shows what was confirmed until it is gone.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isArmed, isMeant, isLeftOver } = useDeliberate()
  const [confirmed, setConfirmed] = useState<ConfirmDialogProps | null>(null)
  const { title, children, more, confirmLabel, confirmTone, disabledReason } = confirmed ?? props
  return (
    <dialog
      ref={showModal}
      role="alertdialog"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onClose={props.onClose}
      onKeyDown={(event) => {
        if (presses(event) && isLeftOver()) event.preventDefault()
      }}
      className={`${MODAL_LOOK} max-w-md p-5`}
    >
      <h2 id="confirm-title" className="text-base font-semibold">
        {title}
      </h2>
      <div id="confirm-text" className="mt-2 text-muted">
        {children}
      </div>
      <form
        className="flex min-h-0 flex-col short:block"
        onSubmit={(event) => {
          event.preventDefault()
          if (confirmed) return
          setConfirmed(props)
          props.onConfirm()
          closeModal(event)
        }}
      >
        {more && <div className="mt-3 flex min-h-0 flex-col gap-3">{more}</div>}
        <div className="mt-5 flex justify-end gap-2">
          <Button data-first onClick={closeModal}>
            Cancel
          </Button>
          {/* Every submit of the form, Enter in a field too, clicks this button first. */}
          <Button
            type="submit"
            tone={confirmTone ?? 'danger'}
            disabledReason={disabledReason}
            {...(!isArmed && { 'aria-disabled': true })}
            onClick={(event) => {
              if (!isMeant(event)) event.preventDefault()
            }}
          >
            {confirmLabel}
          </Button>
        </div>
      </form>
    </dialog>
  )
}

/** Whether a key presses the focused control: Enter presses any, the space bar any but a text field. */
const presses = ({ key, target }: KeyboardEvent): boolean =>
  !(target instanceof HTMLTextAreaElement) &&
  (key === 'Enter' || (key === ' ' && !(target instanceof HTMLInputElement)))
