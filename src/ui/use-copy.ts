import { useState } from 'react'
import { announce } from './announce.ts'

const SAYS = { idle: '', copied: 'Copied', failed: 'Copying is not allowed here' } as const

/** Copies a text: how it went, until it is forgotten. Screen readers are told. */
export function useCopy(text: string) {
  const [state, setState] = useState<keyof typeof SAYS>('idle')
  const copy = async () => {
    // Without https there is no clipboard at all.
    const next =
      (await navigator.clipboard?.writeText(text).then(
        () => 'copied' as const,
        () => 'failed' as const,
      )) ?? 'failed'
    setState(next)
    announce(SAYS[next])
  }
  return {
    state,
    said: SAYS[state],
    copy: () => void copy(),
    forget: () => setState('idle'),
  }
}
