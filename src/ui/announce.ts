import { useSyncExternalStore } from 'react'
import { valueStore } from '~/util/value-store.ts'

/** The latest announcement; a new number each time, so that the same text is announced again. */
const last = valueStore({ text: '', number: 0 })

/** Announces to screen readers a text that has no place on the screen. */
export const announce = (text: string): void => last.set({ text, number: last.get().number + 1 })

/** The last announcement, for the one region of the page that holds it. */
export const useAnnouncement = () => useSyncExternalStore(last.subscribe, last.get)
