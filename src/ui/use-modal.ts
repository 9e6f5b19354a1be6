import { useCallback, useRef } from 'react'

/** How a modal dialog looks; `short` is explained in styles.css. */
export const MODAL_LOOK =
  'm-auto max-h-[calc(100dvh-1rem)] w-full flex-col rounded-lg border border-line bg-page text-ink open:flex short:overflow-y-auto short:open:block'

/** The browser's own modal dialog: `show` is its ref. What has `data-first` gets the focus at first. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement | null>(null)
  // Opens it once: a render between its close and its unmount must not open it again.
  const show = useCallback((element: HTMLDialogElement | null) => {
    dialog.current = element
    if (!element || element.open) return
    element.showModal()
    element.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [])
  return { dialog, show, close: () => dialog.current?.close() }
}
