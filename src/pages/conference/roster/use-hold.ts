import {
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type MouseEvent,
  type PointerEvent,
} from 'react'
import { flushSync } from 'react-dom'
import { freezeRows } from '~/derive/frozen-view.ts'

/** A mouse that was left lying over the rows for so long aims at nobody. Milliseconds. */
const PARKED_AFTER = 30_000

/** A finger is nowhere once it is lifted, but what it has touched is still aimed at. Milliseconds. */
const TOUCHED_FOR = 5000

interface HoldOptions {
  /** Ids of the rows that would be drawn now. */
  readonly shown: readonly string[]
  /** What is shown and how it is sorted: who changes that wants to see it at once. */
  readonly order: string
  /** Something else than pointer and focus holds the table: a selection, a question that is open. */
  readonly isKept: boolean
}

/** The rows as they were drawn when somebody began to aim. */
interface Frozen {
  readonly order: string
  readonly drawn: readonly string[]
}

/**
 * The table while somebody aims at a row: nobody moves, comes or vanishes, and every row goes on telling what is so.
 * `watch` belongs on what contains the table.
 */
export function useHold({ shown, order, isKept }: HoldOptions) {
  const [isPointed, setPointed] = useState(false)
  const [focused, setFocused] = useState<Element | null>(null)
  const [held, setHeld] = useState<Frozen | null>(null)
  // What is scrolled out of a windowed table loses the focus without a word.
  const isAimed = isKept || isPointed || (focused?.isConnected ?? false)
  if (isAimed ? held?.order !== order : held !== null)
    setHeld(isAimed ? { order, drawn: shown } : null)
  const standstill = useMemo(
    () => (held?.drawn.length ? freezeRows(held.drawn, shown) : { ids: shown, waiting: 0 }),
    [held, shown],
  )
  // What is on the screen: these are the handlers of its drawing, whatever the cache has learned since.
  const hold = () =>
    setHeld((before) => (before?.drawn.length ? before : { order, drawn: standstill.ids }))
  const pointing = usePointing(isPointed, (is) => {
    if (!is) return setPointed(false)
    // At once: between the aim and its drawing the rows could move once more.
    flushSync(() => {
      hold()
      setPointed(true)
    })
  })
  const slipGuard = useSlipGuard()
  const focusing = {
    onFocus: ({ target }: FocusEvent) => {
      // A click leaves the focus behind where it was: only who uses the keyboard aims with it.
      if (!rowAt(target) || !target.matches(':focus-visible')) return
      hold()
      setFocused(target)
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      if (!rowAt(relatedTarget)) setFocused(null)
    },
  }
  return {
    ...standstill,
    showNow: () => setHeld({ order, drawn: shown }),
    watch: { ...pointing, ...focusing, ...slipGuard },
  }
}

const rowAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('tbody tr') : null

/** Tells when a pointer comes to be over rows, and when it no longer counts. */
function usePointing(isPointed: boolean, become: (isPointed: boolean) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Before it has moved at all the table came to the pointer, not the pointer to the table.
  const isResting = useRef(true)
  const end = () => {
    clearTimeout(timer.current)
    become(false)
  }
  const begin = ({ target, pointerType }: PointerEvent) => {
    if (!rowAt(target)) return end()
    clearTimeout(timer.current)
    const rest = () => {
      isResting.current = true
      become(false)
    }
    timer.current = setTimeout(rest, pointerType === 'touch' ? TOUCHED_FOR : PARKED_AFTER)
    if (!isPointed) become(true)
  }
  const move = (event: PointerEvent) => {
    isResting.current = false
    begin(event)
  }
  return {
    onPointerMove: move,
    onPointerDown: move,
    // Comes also when rows appear under a pointer that stands still, as after a dialog.
    onPointerOver: (event: PointerEvent) => {
      if (!isResting.current && !isPointed) begin(event)
    },
    onPointerLeave: ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') end()
    },
    // A finger that turns out to scroll.
    onPointerCancel: end,
  }
}

/** What is pressed sooner than that after it came under a mouse at rest was not what one saw. Milliseconds. */
const SEEN_AFTER = 500

/**
 * Lets nothing happen in a row that has just slipped under the mouse, as when something above the table has grown:
 * holding still keeps the rows in their order, not the table in its place.
 */
function useSlipGuard() {
  const under = useRef<{ row: Element | null; since: number }>({ row: null, since: 0 })
  const aim = ({ target }: PointerEvent) => {
    under.current = { row: rowAt(target), since: -Infinity }
  }
  return {
    onPointerMoveCapture: aim,
    onPointerOverCapture: ({ target, timeStamp }: PointerEvent) => {
      const row = rowAt(target)
      if (row !== under.current.row) under.current = { row, since: timeStamp }
    },
    // A finger has no other way to aim.
    onPointerDownCapture: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') aim(event)
    },
    onClickCapture: (event: MouseEvent) => {
      const { row, since } = under.current
      // Without a pointer, as by a key.
      const isByKey = event.detail === 0
      const clicked = rowAt(event.target)
      if (isByKey || !clicked) return
      if (clicked === row && event.timeStamp - since >= SEEN_AFTER) return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
