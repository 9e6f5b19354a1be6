import { Check, Copy, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from './Button.tsx'

const SAYS = { idle: '', copied: 'Copied', failed: 'Copying is not allowed here' } as const

/** Copies a text. The icon and a spoken word tell how it went. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<keyof typeof SAYS>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  const Icon = { idle: Copy, copied: Check, failed: X }[state]
  return (
    <>
      <Button
        tone="quiet"
        aria-label={`Copy ${what}`}
        title={SAYS[state] || `Copy ${what}`}
        className="px-1!"
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
        onPointerLeave={() => setState('idle')}
      >
        <Icon className="size-3.5" />
      </Button>
      <span role="status" className="sr-only">
        {SAYS[state]}
      </span>
    </>
  )
}
