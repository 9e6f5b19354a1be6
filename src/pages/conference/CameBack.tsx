import { RotateCcw } from 'lucide'
import { Icon } from '~/ui/Icon.tsx'

/** What the rows of those who came back are found by. */
const WORDS = 'came back'

interface CameBackProps {
  readonly count: number
  readonly text: string
  readonly onFilter: (text: string) => void
}

/** How many of those who are here were removed from here before, and the switch that shows only them. */
export function CameBack({ count, text, onFilter }: CameBackProps) {
  const isOn = text === WORDS
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={isOn ? 'Show all again' : 'Show only them'}
      onClick={() => onFilter(isOn ? '' : WORDS)}
      className={`inline-flex h-8 items-center gap-2 rounded-full border border-danger px-3 font-semibold text-danger ${isOn ? 'bg-hover' : ''}`}
    >
      <Icon of={RotateCcw} />
      {count} came back after removal
    </button>
  )
}
