import { useState } from 'react'
import { announce } from './announce.ts'

const SAYS = { idle: '', copied: 'Copied', failed: 'Copying is not allowed here' } as const

/** Copies a text, announces the result, and returns the result until `forget` is called. */
export function useCopy(text: string) {
  const [state, setState] = useState<keyof typeof SAYS>('idle')
  const end = (next: keyof typeof SAYS) => {
    setState(next)
    announce(SAYS[next])
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      end('copied')
    } catch {
      // Not allowed, or without https, where there is no clipboard at all.
      end('failed')
    }
  }
  return {
    state,
    said: SAYS[state],
    copy: () => void copy(),
    forget: () => setState('idle'),
  }
}
