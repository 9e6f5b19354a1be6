import { statusWord } from '~/derive/status-words.ts'
import { isKnownStatus } from '~/domain/participant-status.ts'
import { CountToggle } from '~/ui/CountToggle.tsx'
import { visibleText } from '~/util/visible-text.ts'

interface StatusFilterProps {
  readonly counts: ReadonlyMap<string, number>
  /** There may be more of each status. */
  readonly isPartial: boolean
  readonly isShown: (status: string) => boolean
  readonly onToggle: (status: string) => void
}

/** The number of participants in each status; each count is also the switch that shows or hides them. */
export function StatusFilter({ counts, isPartial, isShown, onToggle }: StatusFilterProps) {
  return (
    <fieldset
      aria-label="Status"
      className="flex flex-wrap gap-1.5 max-sm:grid max-sm:w-full max-sm:grid-cols-4 max-sm:gap-1"
    >
      {[...counts].map(([status, count]) => (
        <CountToggle
          key={status}
          name={visibleText(statusWord(status))}
          tone={isKnownStatus(status) ? status : 'plain'}
          count={count}
          isPartial={isPartial}
          isShown={isShown(status)}
          onToggle={() => onToggle(status)}
        />
      ))}
    </fieldset>
  )
}
