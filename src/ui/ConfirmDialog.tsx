import { useRef, type ReactNode } from 'react'
import { Button } from './Button.tsx'

interface ConfirmDialogProps {
  readonly title: string
  readonly children: ReactNode
  /** What comes after it and is not read out as the question: lists, fields. */
  readonly more?: ReactNode
  readonly confirmLabel: string
  /** Why it cannot be confirmed (any more). */
  readonly disabledReason?: string | undefined
  readonly onConfirm: () => void
  /** Called after any way of closing; the focus is back where it was by then. */
  readonly onClose: () => void
}

/**
 * Asks before something that cannot be taken back. The browser's own modal dialog: it traps the focus,
 * makes the rest inert, closes on Escape and gives the focus back.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement | null>(null)
  const close = () => dialog.current?.close()
  const show = (element: HTMLDialogElement | null) => {
    dialog.current = element
    if (!element || element.open) return
    element.showModal()
    // The first that asks for it: a field, else Cancel.
    element.querySelector<HTMLElement>('[data-first]')?.focus()
  }
  return (
    <dialog
      ref={show}
      role="alertdialog"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onClose={props.onClose}
      className="m-auto w-full max-w-md rounded-lg border border-line bg-page p-5 text-ink"
    >
      <h2 id="confirm-title" className="text-base font-semibold">
        {props.title}
      </h2>
      <div id="confirm-text" className="mt-2 text-muted">
        {props.children}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm()
          close()
        }}
      >
        {props.more}
        <div className="mt-5 flex justify-end gap-2">
          <Button data-first onClick={close}>
            Cancel
          </Button>
          <Button type="submit" tone="danger" disabledReason={props.disabledReason}>
            {props.confirmLabel}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
