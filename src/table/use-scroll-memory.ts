import { useLayoutEffect, useRef, type RefObject } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'

/** Where tables were scrolled to, by the history entry they were left at. */
const positions = new Map<string, number>()

/** Gives a table its scroll position back when the back or forward button returns to it. */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>): void {
  const { key } = useLocation()
  const scrolledTo = useRef(0)
  const isReturn = useNavigationType() === NavigationType.Pop
  // Only a new table is scrolled: one that stays on the screen is where the operator has it.
  useLayoutEffect(() => {
    const top = isReturn && positions.get(key)
    // To set 0 would force a layout for nothing.
    if (top && scroller.current) scroller.current.scrollTop = top
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the return that counts is that of the first drawing
  }, [])
  useLayoutEffect(() => {
    const element = scroller.current
    const note = () => void (scrolledTo.current = element?.scrollTop ?? 0)
    // In the capture phase the rows that come into sight are not drawn yet, and the position costs nothing.
    const options = { capture: true, passive: true }
    element?.addEventListener('scroll', note, options)
    return () => element?.removeEventListener('scroll', note, options)
  }, [scroller])
  // To read the position here would force a layout in each commit that changes the address, as a key in the filter does.
  useLayoutEffect(() => () => void positions.set(key, scrolledTo.current), [key])
}
