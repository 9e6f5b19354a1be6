import type { ReactNode } from 'react'

/** What a badge may say by colour; its text always says the same in words. */
export type BadgeTone = 'joining' | 'joined' | 'leaving' | 'leaved' | 'danger' | 'plain'

const TONES: Readonly<Record<BadgeTone, { text: string; dot: string }>> = {
  joining: { text: 'text-joining', dot: 'border-joining' },
  joined: { text: 'text-joined', dot: 'border-joined bg-joined' },
  leaving: { text: 'text-leaving', dot: 'border-leaving border-dashed' },
  leaved: { text: 'text-muted', dot: 'border-muted' },
  danger: { text: 'text-danger', dot: 'border-danger bg-danger' },
  plain: { text: 'text-ink', dot: 'border-ink' },
}

/** A state in one or two words. */
export function Badge({ tone, children }: { tone: BadgeTone; children: ReactNode }) {
  const { text, dot } = TONES[tone]
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${text}`}>
      <span aria-hidden className={`size-2 shrink-0 rounded-full border-2 ${dot}`} />
      {children}
    </span>
  )
}
