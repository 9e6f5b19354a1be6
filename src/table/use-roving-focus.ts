import { useLayoutEffect, type KeyboardEvent, type RefObject } from 'react'

/** What can have the focus in a row. All have tabIndex -1, but for the one that Tab comes to. */
const CONTROLS = 'a, button, input'

interface Options {
  /** How many rows there are. */
  readonly count: number
  /** How many rows the screen holds. */
  readonly onScreen: number
  /** Scrolls so that a row is on the screen, and draws it. */
  readonly reveal: (index: number) => void
}

/**
 * Makes the rows one stop of the Tab key: arrows go from row to row and from control to control (ARIA Authoring
 * Practices, "Developing a Keyboard Interface"). The stop is kept in the page itself: rows come and go while the table
 * scrolls, and none is drawn again because the focus moves.
 */
export function useRovingFocus(
  scroller: RefObject<HTMLElement | null>,
  { count, onScreen, reveal }: Options,
) {
  // After each drawing: the row with the stop may be gone.
  useLayoutEffect(() => {
    const body = scroller.current?.querySelector('tbody')
    if (!body || body.querySelector('[tabindex="0"]')) return
    const first = body.querySelector(`th :is(${CONTROLS})`) ?? body.querySelector(CONTROLS)
    first?.setAttribute('tabindex', '0')
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target } = event
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const row = rowOf(target)
    if (!row || !(target instanceof HTMLElement)) return
    const controls = [...row.querySelectorAll<HTMLElement>(CONTROLS)]
    const column = controls.indexOf(target)
    const index = rowIndexOf(row) ?? 0
    const step = ROW_STEPS[key]?.(onScreen, count)
    if (step !== undefined) {
      const next = Math.max(0, Math.min(count - 1, index + step))
      reveal(next)
      focusIn(scroller.current?.querySelector(`tr[aria-rowindex="${next + 1}"]`), column)
    } else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      controls[column + (key === 'ArrowRight' ? 1 : -1)]?.focus()
    } else return
    event.preventDefault()
  }
  return {
    onKeyDown,
    onFocus: ({ target }: { readonly target: EventTarget }) => {
      if (!rowOf(target) || !(target instanceof HTMLElement)) return
      const before = scroller.current?.querySelector('tbody [tabindex="0"]')
      before?.setAttribute('tabindex', '-1')
      target.setAttribute('tabindex', '0')
    },
  }
}

/** How many rows a key goes on: (rows on the screen, rows in all). */
const ROW_STEPS: Readonly<Record<string, (onScreen: number, count: number) => number>> = {
  ArrowDown: () => 1,
  j: () => 1,
  ArrowUp: () => -1,
  k: () => -1,
  PageDown: (onScreen) => onScreen - 3,
  PageUp: (onScreen) => 3 - onScreen,
  Home: (_onScreen, count) => -count,
  End: (_onScreen, count) => count,
}

const rowOf = (target: EventTarget): Element | null =>
  target instanceof Element ? target.closest('tr[aria-rowindex]') : null

/** The place of the row that an event comes from, counted from 0; null outside of rows. */
export function rowIndexOf(target: EventTarget): number | null {
  const row = rowOf(target)
  return row && Number(row.getAttribute('aria-rowindex')) - 1
}

/** Moves the focus to the stop of the Tab key among the rows of the page. */
export const focusRows = (): void =>
  document.querySelector<HTMLElement>('tbody [tabindex="0"]')?.focus()

/** Gives the focus to the control at a place in a row, or to its last one. */
function focusIn(row: Element | null | undefined, column: number): void {
  const controls = row?.querySelectorAll<HTMLElement>(CONTROLS) ?? []
  controls[Math.min(column, controls.length - 1)]?.focus({ preventScroll: true })
}
