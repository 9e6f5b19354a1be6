import { useLayoutEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

/** The height of every row in pixels: the class h-9. */
export const ROW_HEIGHT = 36

/** Up to so many rows are all drawn. */
const SHORT = 100

/** So many rows are drawn above and below those on the screen, for a scroll that is ahead of its drawing. */
const AROUND = 8

/** Drawn at first, while the height of the screen is not known. */
const FIRST_ROWS = 24

interface RowWindow {
  /** Index of the first row to draw. */
  readonly start: number
  /** Index after the last row to draw. */
  readonly end: number
}

/**
 * The rows to draw: all of a short table, else those on the screen and some around them. Rows are of one height, so
 * this costs the same for any number of them; TanStack Virtual walks all rows whenever their number changes.
 */
export function useRowWindow(count: number, scroller: RefObject<HTMLElement | null>): RowWindow {
  const isLong = count > SHORT
  const [view, setView] = useState<View>({ top: 0, onScreen: FIRST_ROWS })
  useLayoutEffect(() => {
    const element = scroller.current
    return isLong && element ? watch(element, setView) : undefined
  }, [isLong, scroller])
  return windowOf(count, view)
}

interface View {
  /** Index of the first row on the screen. */
  readonly top: number
  /** How many rows the screen holds. */
  readonly onScreen: number
}

/** The rows to draw of so many, seen like that. */
export function windowOf(count: number, { top, onScreen }: View): RowWindow {
  if (count <= SHORT) return { start: 0, end: count }
  // The scroll position follows a table that has become shorter only after it is drawn.
  const first = Math.min(top, Math.max(0, count - onScreen))
  return {
    start: Math.max(0, first - AROUND),
    end: Math.min(count, first + onScreen + AROUND),
  }
}

/** Tells which rows are on the screen, now and whenever that changes. */
function watch(element: HTMLElement, tell: (next: (before: View) => View) => void): () => void {
  const look = () => {
    const top = Math.floor(element.scrollTop / ROW_HEIGHT)
    const onScreen = Math.ceil(element.clientHeight / ROW_HEIGHT) + 1
    tell((before) =>
      before.top === top && before.onScreen === onScreen ? before : { top, onScreen },
    )
  }
  // In the frame of the scroll: later, there would be nothing where the rows come in.
  const onScroll = () => flushSync(look)
  const observer = new ResizeObserver(look)
  element.addEventListener('scroll', onScroll, { passive: true })
  observer.observe(element)
  look()
  return () => {
    element.removeEventListener('scroll', onScroll)
    observer.disconnect()
  }
}
