import type { Unreadable as Row } from '~/domain/record.ts'
import { Json } from './Json.tsx'

/** Rows of a list that could not be read: counted, and there to be looked at. Nothing sent is lost. */
export function Unreadable({ rows, where }: { rows: readonly Row[]; where: string }) {
  if (rows.length === 0) return null
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`
  return (
    <details className="px-4 py-1.5 text-leaving">
      <summary>
        {count} of {where} could not be read
      </summary>
      <ul className="mt-2 flex max-h-60 flex-col gap-2 overflow-auto text-ink">
        {rows.map(({ raw, text }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- they have no id: that is why they are here
          <li key={index}>
            {text} <Json value={raw} />
          </li>
        ))}
      </ul>
    </details>
  )
}
