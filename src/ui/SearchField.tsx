import { Search } from 'lucide-react'

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A box that narrows what is shown while one types; Escape empties it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <label className="relative block w-full sm:w-72">
      <Search className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
        className="h-8 w-full rounded border border-edge bg-page pr-2 pl-8 placeholder:text-muted"
      />
    </label>
  )
}
