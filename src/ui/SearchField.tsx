import { ChevronDown, Search } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { announce } from './announce.ts'
import { listStep } from './keys.ts'
import { SuggestionList, type Suggested } from './SuggestionList.tsx'

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
  /** Ways to go on with the text at the caret; all there are when asked for outright. */
  readonly suggest?: (text: string, caret: number, isAll: boolean) => readonly Suggested[]
}

/** What the list of suggestions is for; null while it is closed. */
interface Asked {
  readonly caret: number
  readonly isAll: boolean
  /** The place of the suggestion that Enter takes; -1 for none. */
  readonly at: number
}

/**
 * A box that narrows what is shown while its text changes. Escape closes the suggestions, then empties it, then leaves it
 * for the rows, as the arrow down does. What the text brings is announced, not what each poll does to it.
 */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, matching, onDown, suggest } = props
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [isCut, setCut] = useState(false)
  const options = asked && suggest ? suggest(value, asked.caret, asked.isAll) : []
  const at = Math.min(asked?.at ?? -1, options.length - 1)
  const active = options[at]
  useSaid(value, matching)
  const change = (text: string, caret: number, isAll = false) => {
    setCut(text.length > LONGEST_FILTER)
    setAsked({ caret, isAll, at: -1 })
    onChange(text.slice(0, LONGEST_FILTER))
  }
  const pick = ({ result }: Suggested) => {
    const caret = result.length - (value.length - (asked?.caret ?? value.length))
    flushSync(() => change(result, caret))
    input.current?.focus()
    input.current?.setSelectionRange(caret, caret)
  }
  const openAll = () => {
    setAsked({ caret: input.current?.selectionStart ?? value.length, isAll: true, at: -1 })
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    const step = listStep(key)
    if (key === 'ArrowDown' && event.altKey && suggest) openAll()
    else if (options.length > 0 && step !== 0)
      setAsked(asked && { ...asked, at: nextPlace(at, step, options.length) })
    else if (key === 'Enter' && active) pick(active)
    else if (key === 'ArrowDown') onDown()
    else if (key === 'Escape') {
      if (options.length > 0) setAsked(null)
      else if (value === '') onDown()
      else change('', 0)
    } else return
    event.preventDefault()
  }
  return (
    <div className="relative w-full sm:w-72">
      <Search className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) =>
          change(target.value, target.selectionStart ?? target.value.length)
        }
        onKeyDown={onKeyDown}
        onBlur={() => setAsked(null)}
        {...(suggest && {
          'aria-autocomplete': 'list',
          ...(options.length > 0 && { 'aria-controls': listId }),
          'aria-description': 'Alt and arrow down: suggestions',
          ...(active && { 'aria-activedescendant': `${listId}-${at}` }),
        })}
        className={`h-8 w-full rounded border border-edge bg-page pl-8 placeholder:text-muted ${suggest ? 'pr-7' : 'pr-2'}`}
      />
      {suggest && <SuggestButton onClick={openAll} />}
      {options.length > 0 && (
        <SuggestionList id={listId} label={label} options={options} at={at} onPick={pick} />
      )}
      {isCut && (
        <p role="status" className="absolute top-9 z-10 bg-page px-2 text-leaving">
          Only the first {LONGEST_FILTER} characters are used.
        </p>
      )}
    </div>
  )
}

/** Asks for all suggestions. */
const SuggestButton = ({ onClick }: { onClick: () => void }) => (
  <button
    type="button"
    // As in the pattern of a combobox: the keyboard has Alt and the arrow down.
    tabIndex={-1}
    aria-label="Suggest filters"
    title="Suggest filters (Alt+↓)"
    onPointerDown={(event) => event.preventDefault()}
    onClick={onClick}
    className="absolute top-1 right-1 grid size-6 place-items-center rounded text-muted hover:bg-hover"
  >
    <ChevronDown />
  </button>
)

/** Announces what a text has found, after a pause in typing. */
function useSaid(value: string, matching: number): void {
  const tell = useEffectEvent(() => announce(matching === 1 ? '1 match' : `${matching} matches`))
  // Only a timer notices a pause in typing.
  useEffect(() => {
    if (value === '') return
    const timer = setTimeout(() => tell(), SAID_AFTER)
    return () => clearTimeout(timer)
  }, [value])
}

/** Round and round; none is chosen between the last and the first. */
const nextPlace = (at: number, step: number, count: number): number =>
  ((at + 1 + step + count + 1) % (count + 1)) - 1
