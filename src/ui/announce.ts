import { useSyncExternalStore } from 'react'

/** What a screen reader is told next; another number each time, so that the same text is told again. */
let last = { text: '', number: 0 }
const listeners = new Set<() => void>()

/** Tells a screen reader something that has no place of its own on the screen. */
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
