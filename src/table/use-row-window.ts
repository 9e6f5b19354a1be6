import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { WIDTHS, type Folding, type Width } from './features.ts'

/** Up to so many rows are all drawn. */
const SHORT = 100

/** So many rows are drawn above and below those on the screen, for a scroll that is ahead of its drawing. */
const AROUND = 6

/** Drawn at first, while the height of the screen is not known. */
const FIRST_ROWS = 24

/** The height of a row in pixels that is not folded: the class h-9. */
const ROW_HEIGHT = 36

/** The height of the header in pixels: the class h-9. It covers the top of the rows. */
const HEAD_HEIGHT = 36

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
export function useRowWindow(
  count: number,
  scroller: RefObject<HTMLElement | null>,
  folding: Folding | undefined,
) {
  const isLong = count > SHORT
  const [view, setView] = useState<View>(firstView)
  const { width, onScreen } = view
  const rowHeight = heightOf(width, folding)
  const update = useCallback(() => {
    const element = scroller.current
    if (element) setView((before) => viewOf(element, folding, before))
  }, [scroller, folding])
  useLayoutEffect(() => {
    const element = scroller.current
    return element ? watch(element, isLong, update) : undefined
  }, [scroller, isLong, update])
  /** Scrolls so that a row is on the screen, and draws it. */
  const reveal = (index: number) => {
    const element = scroller.current
    if (!element) return
    const top = index * rowHeight
    const lowest = top + rowHeight + HEAD_HEIGHT - element.clientHeight
    element.scrollTo({ top: Math.max(lowest, Math.min(top, element.scrollTop)) })
    flushSync(update)
  }
  return { ...windowOf(count, view), width, rowHeight, onScreen, reveal }
}

interface View {
  /** Index of the first row on the screen. */
  readonly top: number
  /** How many rows the screen holds. */
  readonly onScreen: number
  readonly width: Width
}

/** Most tables are as wide as the window: they are drawn once. */
const firstView = (): View => ({
  top: 0,
  onScreen: FIRST_ROWS,
  width: stepOf('innerWidth' in globalThis ? globalThis.innerWidth : Infinity),
})

const stepOf = (width: number): Width => WIDTHS.findLast((step) => step <= width) ?? 0

/** Whether a table of this width folds its rows. */
export const isFolded = (width: Width, folding: Folding | undefined): folding is Folding =>
  folding !== undefined && width < folding.below

const heightOf = (width: Width, folding: Folding | undefined): number =>
  isFolded(width, folding) ? folding.height : ROW_HEIGHT

function viewOf(element: HTMLElement, folding: Folding | undefined, before: View): View {
  const width = stepOf(element.clientWidth)
  const height = heightOf(width, folding)
  const top = Math.floor(element.scrollTop / height)
  const onScreen = Math.ceil(element.clientHeight / height) + 1
  const isSame = before.top === top && before.onScreen === onScreen && before.width === width
  return isSame ? before : { top, onScreen, width }
}

/** The rows to draw of so many, seen like that. */
export function windowOf(
  count: number,
  { top, onScreen }: Pick<View, 'top' | 'onScreen'>,
): RowWindow {
  if (count <= SHORT) return { start: 0, end: count }
  // The scroll position follows a table that has become shorter only after it is drawn.
  const first = Math.min(top, Math.max(0, count - onScreen))
  return {
    start: Math.max(0, first - AROUND),
    end: Math.min(count, first + onScreen + AROUND),
  }
}

/** Tells when other rows may be on the screen, and now. */
function watch(element: HTMLElement, isLong: boolean, update: () => void): () => void {
  // In the frame of the scroll: later, there would be nothing where the rows come in.
  const onScroll = () => flushSync(update)
  const observer = new ResizeObserver(update)
  // All rows of a short table are drawn, wherever it is scrolled to.
  if (isLong) element.addEventListener('scroll', onScroll, { passive: true })
  observer.observe(element)
  update()
  return () => {
    element.removeEventListener('scroll', onScroll)
    observer.disconnect()
  }
}
