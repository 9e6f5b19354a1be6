import { Badge, type BadgeTone } from './Badge.tsx'

interface CountToggleProps {
  readonly name: string
  readonly tone: BadgeTone
  readonly count: number
  readonly isShown: boolean
  readonly onToggle: () => void
}

/** How many there are of a kind, and at the same time the switch that shows or hides them. */
export const CountToggle = ({ name, tone, count, isShown, onToggle }: CountToggleProps) => (
  <button
    type="button"
    aria-pressed={isShown}
    aria-label={`${name} ${count}`}
    title={`${isShown ? 'Hide' : 'Show'} ${name}`}
    onClick={onToggle}
    className={`inline-flex h-8 items-center gap-2 rounded-full border px-3 ${
      isShown ? 'border-edge bg-hover' : 'border-line text-muted'
    }`}
  >
    <Badge tone={tone}>{name}</Badge>
    <span className="font-semibold">{count}</span>
  </button>
)
