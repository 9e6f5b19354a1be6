import { RotateCcw } from 'lucide-react'
import { countText } from '~/util/count-text.ts'

/** The filter text that finds participants that came back. */
const WORDS = 'came back'

interface CameBackProps {
  readonly count: number
  /** There may be more. */
  readonly isPartial: boolean
  readonly text: string
  readonly onFilter: (text: string) => void
}

/**
 * How many connected participants were removed from here before, and the switch that shows only
 * them.
 */
export function CameBack({ count, isPartial, text, onFilter }: CameBackProps) {
  const isOn = text === WORDS
  const { shown, said } = countText(count, isPartial)
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={`${said} came back after removal`}
      title={isOn ? 'Show all again' : 'Show only them'}
      onClick={() => onFilter(isOn ? '' : WORDS)}
      className={`inline-flex h-8 items-center gap-2 rounded-full border border-danger px-3 font-semibold text-danger ${isOn ? 'bg-hover' : ''}`}
    >
      <RotateCcw />
      {shown} came back after removal
    </button>
  )
}
