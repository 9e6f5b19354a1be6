import { Check, Copy, X } from 'lucide-react'
import { Button } from './Button.tsx'
import { useCopy } from './use-copy.ts'

const ICONS = { idle: Copy, copied: Check, failed: X } as const

interface CopyButtonProps {
  readonly text: string
  /** What is copied, in words. */
  readonly what: string
  readonly tabIndex?: number
}

/** Copies a text. The icon and an announcement show whether it worked. */
export function CopyButton({ text, what, tabIndex = 0 }: CopyButtonProps) {
  const { state, said, copy, forget } = useCopy(text)
  const Icon = ICONS[state]
  return (
    <Button
      tone="quiet"
      tabIndex={tabIndex}
      aria-label={`Copy ${what}`}
      title={said || `Copy ${what}`}
      className="px-1!"
      onClick={copy}
      onBlur={forget}
      onPointerLeave={forget}
    >
      <Icon className="size-3.5" />
    </Button>
  )
}
