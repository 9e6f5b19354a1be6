import {
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type MouseEvent,
  type PointerEvent,
  type UIEvent,
} from 'react'
import { flushSync } from 'react-dom'
import { freezeRows } from '~/derive/frozen-view.ts'
import type { IdList } from '~/derive/id-list.ts'

/** A mouse that rests over the rows for longer than this no longer freezes them. Milliseconds. */
const PARKED_AFTER = 30_000

/** A touch freezes the rows for this long, because a lifted finger has no position. Milliseconds. */
const TOUCHED_FOR = 5000

/** A scrolled table of more rows is not frozen: counting what waits walks all of them. */
const MOST_SCROLLED = 5000

interface FreezeOptions {
  /** Ids of the rows that would be drawn now. */
  readonly shown: IdList
  /** Filter and sort order: a change of them takes effect at once. */
  readonly order: string
  /** Something other than pointer and focus freezes the table: a selection or an open question. */
  readonly isKept?: boolean
}

/** The rows as drawn when the freeze began. */
interface Frozen {
  readonly order: string
  readonly drawn: readonly string[]
}

/**
 * Freezes the table while the operator aims at a row or reads further down: no row moves, appears
 * or disappears, but values stay current. `watch` belongs on an element around the table.
 */
export function useFrozenRows({ shown, order, isKept = false }: FreezeOptions) {
  const [isPointed, setPointed] = useState(false)
  const [scrolled, setScrolled] = useState<Element | null>(null)
  const [focused, setFocused] = useState<Element | null>(null)
  const [held, setHeld] = useState<Frozen | null>(null)
  // An element that is scrolled out of a windowed table loses the focus without an event.
  const isRead = (scrolled?.isConnected ?? false) && shown.length <= MOST_SCROLLED
  const isAimed = isKept || isPointed || isRead || (focused?.isConnected ?? false)
  if (isAimed ? held?.order !== order : held !== null)
    setHeld(isAimed ? { order, drawn: shown.slice() } : null)
  const standstill = useMemo(
    () => (held?.drawn.length ? freezeRows(held.drawn, shown) : { ids: shown, waiting: 0 }),
    [held, shown],
  )
  // The rows on the screen: these handlers belong to that render, whatever has changed since.
  const hold = () =>
    setHeld((before) => (before?.drawn.length ? before : { order, drawn: standstill.ids.slice() }))
  const pointing = usePointing(isPointed, (is) => {
    if (!is) return setPointed(false)
    // At once: before the next render the rows could move once more.
    flushSync(() => {
      hold()
      setPointed(true)
    })
  })
  const onScrollCapture = ({ target }: UIEvent) => {
    if (target instanceof Element && target.matches('section'))
      setScrolled(target.scrollTop > 0 ? target : null)
  }
  const slipGuard = useSlipGuard()
  const focusing = {
    onFocus: ({ target }: FocusEvent) => {
      // A click leaves the focus behind; only a focus moved by the keyboard aims.
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
    showNow: () => setHeld({ order, drawn: shown.slice() }),
    watch: { ...pointing, ...focusing, ...slipGuard, onScrollCapture },
  }
}

const rowAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('tbody tr') : null

/** Calls `become` when a pointer enters the rows, and when it no longer counts. */
function usePointing(isPointed: boolean, become: (isPointed: boolean) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Until the pointer moves, the table came to the pointer and not the pointer to the table.
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
    // This event also fires when rows appear under a resting pointer, as after a dialog.
    onPointerOver: (event: PointerEvent) => {
      if (!isResting.current && !isPointed) begin(event)
    },
    onPointerLeave: ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') end()
    },
    // The touch has become a scroll.
    onPointerCancel: end,
  }
}

/** A click sooner than this after a row came under a resting mouse is ignored. Milliseconds. */
const SEEN_AFTER = 500

/**
 * Ignores clicks in a row that has just moved under the mouse, as when an element above the table
 * grows: the freeze keeps the order of the rows, not the position of the table.
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
    // A touch has no other way to aim.
    onPointerDownCapture: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') aim(event)
    },
    onClickCapture: (event: MouseEvent) => {
      const { row, since } = under.current
      // A click without a pointer comes from a key.
      const isByKey = event.detail === 0
      const clicked = rowAt(event.target)
      if (isByKey || !clicked) return
      if (clicked === row && event.timeStamp - since >= SEEN_AFTER) return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
