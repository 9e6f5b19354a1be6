import { shortId } from '~/domain/ids.ts'
import { useCopy } from '~/ui/use-copy.ts'

/** An id: short to the eye, whole in the tooltip; a click copies it. */
export function Id({ id, what }: { id: string | null; what: string }) {
  const { copy, said, forget } = useCopy(id ?? '')
  if (id === null) return <span className="text-muted">none</span>
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Copy ${what} ${shortId(id)}`}
      title={`Copy ${id}`}
      className="min-h-7 rounded px-1 font-mono text-xs hover:bg-page hover:underline"
      onClick={copy}
      onBlur={forget}
      onPointerLeave={forget}
    >
      {said || shortId(id)}
    </button>
  )
}
