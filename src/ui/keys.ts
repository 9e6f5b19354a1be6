import { useEffect, useEffectEvent } from 'react'

/** Hears the keys of the whole page, wherever the focus is: no element of React hears them all. */
export function usePageKeys(handle: (event: KeyboardEvent) => void): void {
  const onKeyDown = useEffectEvent(handle)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

/** Whether a key is this letter with Ctrl, on a Mac ⌘, and nothing else. */
export const isShortcut = (event: KeyboardEvent, letter: string): boolean =>
  event.key.toLowerCase() === letter &&
  event.ctrlKey !== event.metaKey &&
  !event.shiftKey &&
  !event.altKey

/** How far a key goes in a list whose field keeps the focus. */
export const listStep = (key: string): -1 | 0 | 1 =>
  key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0

const NAMES: Readonly<Record<string, string>> = { Delete: 'Del', Enter: '⏎', Escape: 'Esc' }

/** How a key is written beside what it does: the `key` of its event, shortened. */
export const keyText = (key: string): string => NAMES[key] ?? key
