/** How a modal dialog looks; `short` is explained in styles.css. */
export const MODAL_LOOK =
  'm-auto max-h-[calc(100dvh-1rem)] w-full flex-col rounded-lg border border-line bg-page text-ink open:flex short:overflow-y-auto short:open:block'

/**
 * The ref of the browser's own modal dialog. What has `data-first` gets the focus at first. The same function in each
 * render, so that one between its close and its unmount does not open it again.
 */
export function showModal(dialog: HTMLDialogElement | null): void {
  if (!dialog || dialog.open) return
  dialog.showModal()
  dialog.querySelector<HTMLElement>('[data-first]')?.focus()
}

/** Closes the dialog that a control is in. */
export const closeModal = ({ currentTarget }: { readonly currentTarget: Element }): void =>
  currentTarget.closest('dialog')?.close()
