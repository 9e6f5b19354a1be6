import { useManualCopy } from '~/ui/copy.ts'
import { Dialog } from '~/ui/Dialog.tsx'

/** What the browser did not let us copy, selected so that it can be copied by hand. */
export function ManualCopy() {
  const { manual, close } = useManualCopy()
  if (!manual) return null
  return (
    <Dialog title={`${manual.what}: copying is not allowed here`} onClose={close} isWide>
      <p>Your browser does not let this page copy. Press Ctrl+C (on a Mac ⌘C) to copy the text.</p>
      <textarea
        data-first
        readOnly
        aria-label="Text to copy"
        rows={10}
        value={manual.text}
        onFocus={({ target }) => target.select()}
        className="w-full rounded border border-edge bg-raised p-2 font-mono text-xs"
      />
    </Dialog>
  )
}
