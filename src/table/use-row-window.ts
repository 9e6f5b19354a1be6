import {
  useCallback,
  useDeferredValue,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react'
import { flushSync } from 'react-dom'
import { WIDTHS, type Folding, type Width } from './features.ts'

/** Up to so many rows are all drawn, those off the screen after those on it. */
const SHORT = 100

/** So many rows are drawn above and below those on the screen, for a scroll that is ahead of its drawing. */
const AROUND = 6

/** The height of a row in pixels that is not folded: the classes h-9 and h-7. */
const ROW_HEIGHTS = { normal: 36, compact: 28 } as const

export type Density = keyof typeof ROW_HEIGHTS

/** What decides the height of a row. */
interface Layout {
  readonly folding: Folding | undefined
  readonly density: Density
}

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
  { folding, density }: Layout,
) {
  const isShort = count <= SHORT
  const isPrinted = useSyncExternalStore(onPrint, isPrinting, () => false)
  // How many rows of a short table are drawn already: more of them follow those on the screen.
  const drawnBefore = useDeferredValue(isShort ? count : 0, 0)
  const [view, setView] = useState<View>(() => firstView({ folding, density }))
  const drawn = useRef(view)
  const { width, onScreen } = view
  const rowHeight = heightOf(width, { folding, density })
  const update = useCallback(() => {
    const element = scroller.current
    const next = element ? viewOf(element, { folding, density }, drawn.current) : drawn.current
    if (next === drawn.current) return
    drawn.current = next
    // In this frame: later, there would be nothing where the rows come in.
    flushSync(() => setView(next))
  }, [scroller, folding, density])
  useLayoutEffect(() => {
    const element = scroller.current
    return element ? watch(element, !isShort, update) : undefined
  }, [scroller, isShort, update])
  /** Scrolls so that a row is on the screen, and draws it. */
  const reveal = (index: number) => {
    const element = scroller.current
    if (!element) return
    const top = index * rowHeight
    const lowest = top + rowHeight + HEAD_HEIGHT - element.clientHeight
    element.scrollTo({ top: Math.max(lowest, Math.min(top, element.scrollTop)) })
    update()
  }
  const near = windowOf(count, view)
  const rows = isPrinted
    ? { start: 0, end: count }
    : isShort && drawnBefore > 0
      ? { start: 0, end: Math.min(count, Math.max(drawnBefore, near.end)) }
      : near
  return { ...rows, width, rowHeight, onScreen, reveal }
}

/** Paper has no scroll position: all rows are printed. */
const isPrinting = (): boolean => matchMedia('print').matches

/** Calls the listener before a page is printed and after it. In time for the paper: all rows are drawn at once. */
function onPrint(listener: () => void): () => void {
  const media = matchMedia('print')
  const draw = () => flushSync(listener)
  media.addEventListener('change', draw)
  return () => media.removeEventListener('change', draw)
}

interface View {
  /** Index of the first row on the screen. */
  readonly top: number
  /** How many rows the screen holds. */
  readonly onScreen: number
  readonly width: Width
}

/** Most tables are as wide as the window and take about two thirds of its height. */
const firstView = (layout: Layout): View => {
  // Specs draw without a window.
  const screen: Partial<Pick<Window, 'innerWidth' | 'innerHeight'>> = globalThis
  const { innerWidth = Infinity, innerHeight = 900 } = screen
  const width = stepOf(innerWidth)
  const onScreen = Math.ceil((innerHeight * 2) / 3 / heightOf(width, layout))
  return { top: 0, onScreen, width }
}

const stepOf = (width: number): Width => WIDTHS.findLast((step) => step <= width) ?? 0

/** Whether a table of this width folds its rows. */
export const isFolded = (width: Width, folding: Folding | undefined): folding is Folding =>
  folding !== undefined && width < folding.below

const heightOf = (width: Width, { folding, density }: Layout): number =>
  isFolded(width, folding) ? folding.height : ROW_HEIGHTS[density]

function viewOf(element: HTMLElement, layout: Layout, before: View): View {
  const width = stepOf(element.clientWidth)
  const height = heightOf(width, layout)
  const top = Math.floor(element.scrollTop / height)
  const onScreen = Math.ceil(element.clientHeight / height) + 1
  const isSame = before.top === top && before.onScreen === onScreen && before.width === width
  return isSame ? before : { top, onScreen, width }
}

/** The rows to draw of so many that not all are drawn. */
export function windowOf(
  count: number,
  { top, onScreen }: Pick<View, 'top' | 'onScreen'>,
): RowWindow {
  // The scroll position follows a table that has become shorter only after it is drawn.
  const first = Math.min(top, Math.max(0, count - onScreen))
  return {
    start: Math.max(0, first - AROUND),
    end: Math.min(count, first + onScreen + AROUND),
  }
}

/** Tells when other rows may be on the screen, and once after the first layout. */
function watch(element: HTMLElement, isLong: boolean, update: () => void): () => void {
  // Called after the layout and before the paint; to measure sooner would force a layout of its own.
  const observer = new ResizeObserver(update)
  // All rows of a short table are drawn, wherever it is scrolled to.
  if (isLong) element.addEventListener('scroll', update, { passive: true })
  observer.observe(element)
  return () => {
    element.removeEventListener('scroll', update)
    observer.disconnect()
  }
}
