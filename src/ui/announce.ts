import { useSyncExternalStore } from 'react'

/** The latest announcement; a new number each time, so that the same text is announced again. */
let last = { text: '', number: 0 }
const listeners = new Set<() => void>()

/** Announces to screen readers a text that has no place on the screen. */
export function announce(text: string): void {
  last = { text, number: last.number + 1 }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The last announcement, for the one region of the page that holds it. */
export const useAnnouncement = () => useSyncExternalStore(subscribe, () => last)
