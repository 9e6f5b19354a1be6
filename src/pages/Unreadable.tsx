import type { Unreadable as Row } from '~/domain/record.ts'
import { Json } from './Json.tsx'

/** Bad rows of a list: their number and their content, so that nothing the server sent is lost. */
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
          // oxlint-disable-next-line react/no-array-index-key -- bad rows have no id
          <li key={index}>
            {text} <Json value={raw} />
          </li>
        ))}
      </ul>
    </details>
  )
}
