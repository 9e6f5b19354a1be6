import { useEffect } from 'react'
import { announce } from './announce.ts'

/** A way to go on with a text. */
export interface Suggested {
  readonly text: string
  readonly hint: string
  /** How many rows it would find; null when it is not whole yet. */
  readonly count: number | null
  /** The whole text with it. */
  readonly result: string
}

interface SuggestionListProps {
  /** The id of the list; that of each option has its place behind it. */
  readonly id: string
  readonly label: string
  readonly options: readonly Suggested[]
  /** The place of the one that Enter takes; -1 for none. */
  readonly at: number
  readonly onPick: (option: Suggested) => void
}

/** Suggestions below a search field, which keeps the focus. */
export function SuggestionList({ id, label, options, at, onPick }: SuggestionListProps) {
  const count = options.length
  // What appears beside the focus is not read out by itself.
  useEffect(() => announce(count === 1 ? '1 suggestion' : `${count} suggestions`), [count])
  return (
    <div
      id={id}
      role="listbox"
      aria-label={`Suggestions: ${label}`}
      className="absolute top-9 right-0 left-0 z-30 max-h-96 overflow-y-auto rounded border border-edge bg-page py-1 shadow-lg sm:left-auto sm:w-96"
    >
      {options.map((option, place) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
        <div
          key={option.text}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === at}
          // The focus stays in the field.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className={`flex min-h-7 cursor-pointer items-center gap-3 px-3 ${place === at ? 'bg-selected outline-2 -outline-offset-2 outline-accent' : 'hover:bg-hover'}`}
        >
          <bdi className="max-w-56 shrink-0 truncate font-mono text-xs">{option.text}</bdi>
          <span className="min-w-0 grow truncate text-muted">{option.hint}</span>
          {option.count !== null && <span className="font-semibold">{option.count}</span>}
        </div>
      ))}
    </div>
  )
}
