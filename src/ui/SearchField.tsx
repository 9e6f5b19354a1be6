import { Search } from 'lucide-react'
import { useEffect, useEffectEvent, type KeyboardEvent } from 'react'
import { announce } from './announce.ts'

/** The text is part of the URL, which servers take up to some thousand characters. */
const LONGEST_FILTER = 500

/** After the last key; sooner, each key would be talked over by the next. Milliseconds. */
const SAID_AFTER = 1000

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** How many rows match. */
  readonly matching: number
  /** Moves the focus to what was found: the arrow down. */
  readonly onDown: () => void
}

/**
 * A box that narrows what is shown while its text changes. Escape empties it, the arrow down leaves it for the rows. What
 * the text brings is announced, not what each poll does to it.
 */
export function SearchField({ label, value, onChange, matching, onDown }: SearchFieldProps) {
  const tell = useEffectEvent(() => announce(matching === 1 ? '1 match' : `${matching} matches`))
  // Only a timer notices a pause in typing.
  useEffect(() => {
    if (value === '') return
    const timer = setTimeout(() => tell(), SAID_AFTER)
    return () => clearTimeout(timer)
  }, [value])
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
