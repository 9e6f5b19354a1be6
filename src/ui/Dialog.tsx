import { X } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { closeModal, MODAL_LOOK, showModal } from './modal.ts'

interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  /** Called after any way of closing; the focus is back where it was by then. */
  readonly onClose: () => void
  /** Wide enough for a list or a text of several lines. */
  readonly isWide?: boolean
  /** The title is read out, not shown: what is inside speaks for itself. */
  readonly isBare?: boolean
}

/** The browser's own modal dialog. What has `data-first` has the focus at first; a form of the method dialog closes it. */
export function Dialog({ title, children, onClose, isWide = false, isBare = false }: DialogProps) {
  const titleId = useId()
  return (
    <dialog
      ref={showModal}
      aria-labelledby={titleId}
      onClose={onClose}
      // A click beside it closes it, as is usual where nothing is asked.
      onPointerDown={({ target, currentTarget }) =>
        target === currentTarget && currentTarget.close()
      }
      className={`${MODAL_LOOK} ${isWide ? 'max-w-2xl' : 'max-w-md'} ${isBare ? 'mt-[10dvh]' : ''}`}
    >
      <div
        className={isBare ? 'sr-only' : 'flex items-center gap-2 border-b border-line px-5 py-2'}
      >
        <h2 id={titleId} className="min-w-0 grow truncate text-base font-semibold">
          <bdi>{title}</bdi>
        </h2>
        <Button tone="quiet" aria-label="Close" tabIndex={isBare ? -1 : 0} onClick={closeModal}>
          <X />
        </Button>
      </div>
      <div className={`flex min-h-0 flex-col ${isBare ? '' : 'gap-3 overflow-y-auto p-5'}`}>
        {children}
      </div>
    </dialog>
  )
}
