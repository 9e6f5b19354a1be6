import { Search } from 'lucide-react'
import type { KeyboardEvent } from 'react'

/** The text is part of the URL, which servers take up to some thousand characters. */
const LONGEST_FILTER = 500

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Moves the focus to what was found: the arrow down. */
  readonly onDown: () => void
}

/** A box that narrows what is shown while its text changes. Escape empties it, the arrow down leaves it for the rows. */
export function SearchField({ label, value, onChange, onDown }: SearchFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onChange('')
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    onDown()
  }
  return (
    <label className="relative block w-full sm:w-72">
      <Search className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={LONGEST_FILTER}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded border border-edge bg-page pr-2 pl-8 placeholder:text-muted"
      />
    </label>
  )
}
