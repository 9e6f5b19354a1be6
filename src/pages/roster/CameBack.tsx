import { RotateCcw } from 'lucide-react'
import { withoutTerm } from '~/derive/query/parse.ts'
import type { Query } from '~/derive/query/terms.ts'
import { countText } from '~/util/count-text.ts'

interface CameBackProps {
  readonly count: number
  /** There may be more. */
  readonly isPartial: boolean
  readonly query: Query
  readonly onFilter: (text: string) => void
}

/** How many connected participants were removed from here before, and the switch that shows only them. */
export function CameBack({ count, isPartial, query, onFilter }: CameBackProps) {
  const term = query.terms.find(
    (one) => one.kind === 'flag' && one.flag === 'came-back' && !one.isNot,
  )
  const isOn = term !== undefined
  const { shown, said } = countText(count, isPartial)
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={`${said} came back after removal`}
      title={isOn ? 'Show all again' : 'Show only them'}
      onClick={() =>
        onFilter(term ? withoutTerm(query.text, term) : `${query.text} came-back`.trim())
      }
      className={`inline-flex h-8 items-center gap-2 rounded-full border border-danger px-3 font-semibold text-danger ${isOn ? 'bg-hover' : ''}`}
    >
      <RotateCcw />
      {shown} came back after removal
    </button>
  )
}
