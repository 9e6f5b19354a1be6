import { useSyncExternalStore } from 'react'
import { announce } from './announce.ts'

/** What could not be copied, to be selected and copied by hand. */
interface Manual {
  readonly text: string
  readonly what: string
}

let manual: Manual | null = null
const listeners = new Set<() => void>()

function setManual(next: Manual | null): void {
  manual = next
  for (const listener of listeners) listener()
}

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
    setManual({ text, what })
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is to be copied by hand, and what ends that. */
export const useManualCopy = () => ({
  manual: useSyncExternalStore(subscribe, () => manual),
  close: () => setManual(null),
})
