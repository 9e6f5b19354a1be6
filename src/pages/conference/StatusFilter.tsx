import { isKnownStatus } from '~/domain/participant-status.ts'
import { Badge } from '~/ui/Badge.tsx'
import { visibleText } from '~/util/visible-text.ts'

interface StatusFilterProps {
  readonly counts: ReadonlyMap<string, number>
  readonly hidden: readonly string[]
  readonly onToggle: (status: string) => void
}

/** How many are in each state; each count is also the switch that shows or hides them. */
export function StatusFilter({ counts, hidden, onToggle }: StatusFilterProps) {
  return (
    <fieldset aria-label="Status" className="flex flex-wrap gap-1.5">
      {[...counts].map(([status, count]) => {
        const isShown = !hidden.includes(status)
        const name = visibleText(status)
        return (
          <button
            key={status}
            type="button"
            aria-pressed={isShown}
            aria-label={`${name} ${count}`}
            title={`${isShown ? 'Hide' : 'Show'} ${name}`}
            onClick={() => onToggle(status)}
            className={`inline-flex h-8 items-center gap-2 rounded-full border px-3 ${
              isShown ? 'border-edge bg-hover' : 'border-line text-muted'
            }`}
          >
            <Badge tone={isKnownStatus(status) ? status : 'plain'}>{name}</Badge>
            <span className="font-semibold">{count}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
