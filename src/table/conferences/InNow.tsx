import type { ConferenceRow } from '~/derive/conference-rows.ts'
import { presentParts, presentText } from '~/derive/present.ts'
import { isKnownStatus, type KnownStatus } from '~/domain/participant-status.ts'
import { visibleText } from '~/util/visible-text.ts'
import { Count } from './Count.tsx'

/** Hollow, full and striped: the statuses differ without their colours, too. */
const LOOK: Readonly<Record<KnownStatus, string>> = {
  joining: 'border-joining',
  joined: 'border-joined bg-joined',
  leaving:
    'border-leaving bg-[repeating-linear-gradient(135deg,var(--color-leaving)_0_2px,transparent_2px_4px)]',
  // It is not in, and has no part of the bar.
  leaved: '',
}

const lookOf = (status: string): string =>
  isKnownStatus(status) ? LOOK[status] : 'border-dotted border-ink'

/** How many are in, and their statuses as a bar that is shared out among them. */
export function InNow({ row: { counts, isPartial } }: { row: ConferenceRow }) {
  const parts = presentParts(counts.byStatus)
  const text = visibleText(presentText(parts, isPartial))
  return (
    <>
      <span
        className={`w-12 shrink-0 text-right ${counts.live > 0 ? 'font-semibold' : 'text-muted'}`}
      >
        <Count count={counts.live} isPartial={isPartial} />
      </span>
      <span
        role="img"
        aria-label={text}
        title={text}
        className="flex h-5 min-w-0 grow items-center gap-px max-sm:sr-only"
      >
        {parts.map(({ status, count }) => (
          <span
            key={status}
            className={`h-2.5 min-w-2 basis-0 rounded-xs border forced-color-adjust-none ${lookOf(status)}`}
            style={{ flexGrow: count }}
          />
        ))}
        {parts.length === 0 && <span className="h-px grow bg-line" />}
      </span>
    </>
  )
}
