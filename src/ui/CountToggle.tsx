import { countText } from '~/util/count-text.ts'
import { Badge, type BadgeTone } from './Badge.tsx'

interface CountToggleProps {
  readonly name: string
  readonly tone: BadgeTone
  readonly count: number
  /** There may be more. */
  readonly isPartial?: boolean
  readonly isShown: boolean
  readonly onToggle: () => void
}

/** How many there are of a kind, and at the same time the switch that shows or hides them. */
export function CountToggle(props: CountToggleProps) {
  const { name, tone, count, isPartial = false, isShown, onToggle } = props
  const { shown, said } = countText(count, isPartial)
  return (
    <button
      type="button"
      aria-pressed={isShown}
      aria-label={`${name} ${said}`}
      title={`${isShown ? 'Hide' : 'Show'} ${name}`}
      onClick={onToggle}
      className={`inline-flex h-8 items-center gap-2 rounded-full border px-3 max-sm:justify-center max-sm:gap-1 max-sm:px-2 max-sm:text-xs max-sm:*:before:hidden ${
        isShown ? 'border-edge bg-hover' : 'border-line text-muted'
      }`}
    >
      <Badge tone={tone}>{name}</Badge>
      <span className="font-semibold">{shown}</span>
    </button>
  )
}
