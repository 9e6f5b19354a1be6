import { useSyncExternalStore } from 'react'
import { valueStore } from '~/util/value-store.ts'
import { announce } from './announce.ts'

/** What could not be copied, to be selected and copied by hand. */
interface Manual {
  readonly text: string
  readonly what: string
}

const manual = valueStore<Manual | null>(null)

/**
 * Copies a text and announces it. Where the browser does not allow it, as without https, the text is shown to be copied
 * by hand.
 *
 * @param what the text in words
 */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    announce('Copied')
  } catch {
    manual.set({ text, what })
  }
}

/** What is to be copied by hand, and what ends that. */
export const useManualCopy = () => ({
  manual: useSyncExternalStore(manual.subscribe, manual.get),
  close: () => manual.set(null),
})
