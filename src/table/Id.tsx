import { shortId } from '~/domain/ids.ts'
import { CopyButton } from '~/ui/CopyButton.tsx'

/** An id: short to the eye, whole in the tooltip and in what is copied. */
export function Id({ id, what }: { id: string | null; what: string }) {
  if (id === null) return <span className="text-muted">none</span>
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-xs" title={id}>
      {shortId(id)}
      <CopyButton text={id} what={what} />
    </span>
  )
}
