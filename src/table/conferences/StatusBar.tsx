import type { ConferenceRow } from '~/derive/conference-rows.ts'
import { countText } from '~/util/count-text.ts'

/** Those who are in a conference, in the order of the way through it. */
const STATUSES = ['joining', 'joined', 'leaving'] as const

const FILL = {
  joining: 'bg-joining',
  joined: 'bg-joined',
  leaving: 'bg-leaving',
} as const

/** How many are in a conference, and a bar of their statuses. Colour is not all: each status has a column, and a word in the title. */
export function StatusBar({ row: { counts, isPartial } }: { row: ConferenceRow }) {
  const parts = STATUSES.map((status) => [status, counts.byStatus.get(status) ?? 0] as const)
  const { shown, said } = countText(counts.live, isPartial)
  const title = parts.map(([status, count]) => `${count} ${status}`).join(', ')
  return (
    <span className="flex w-full items-center gap-2" title={title}>
      <span className="w-10 text-right font-semibold">
        <span aria-hidden>{shown}</span>
        <span className="sr-only">
          {said}: {title}
        </span>
      </span>
      <span
        aria-hidden
        className="flex h-2 min-w-0 grow gap-px overflow-hidden rounded-full bg-line forced-color-adjust-none"
      >
        {parts.map(
          ([status, count]) =>
            count > 0 && (
              <span
                key={status}
                className={`min-w-1 ${FILL[status]}`}
                style={{ flexGrow: count }}
              />
            ),
        )}
      </span>
    </span>
  )
}
