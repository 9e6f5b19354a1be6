import { useCallback, useRef, type ReactNode } from 'react'
import { Button } from './Button.tsx'

interface ConfirmDialogProps {
  readonly title: string
  /** What is asked, read out when the dialog opens. */
  readonly children: ReactNode
  /** What can be looked at and filled in beside, not read out as the question; it scrolls when it is long. */
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
  // Once only: it is closed some time before it is gone, and a drawing in between must not open it again.
  const show = useCallback((element: HTMLDialogElement | null) => {
    dialog.current = element
    if (!element || element.open) return
    element.showModal()
    // The first that asks for it: a field, else Cancel.
    element.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [])
  return (
    <dialog
      ref={show}
      role="alertdialog"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onClose={props.onClose}
      className="m-auto max-h-[calc(100dvh-1rem)] w-full max-w-md flex-col rounded-lg border border-line bg-page p-5 text-ink open:flex"
    >
      <h2 id="confirm-title" className="text-base font-semibold">
        {props.title}
      </h2>
      <div id="confirm-text" className="mt-2 text-muted">
        {props.children}
      </div>
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm()
          close()
        }}
      >
        {props.more && <div className="mt-3 flex min-h-0 flex-col gap-3">{props.more}</div>}
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
