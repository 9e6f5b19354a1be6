import type { ReactNode } from 'react'

/** The colour of a badge; its text always says the same in words. */
export type BadgeTone = 'joining' | 'joined' | 'leaving' | 'leaved' | 'danger' | 'plain'

/** The classes of each tone: its ink, and the dot before the words. */
export const BADGE_TONES: Readonly<Record<BadgeTone, { text: string; dot: string }>> = {
  joining: { text: 'text-joining', dot: 'before:border-joining' },
  joined: { text: 'text-joined', dot: 'before:border-joined before:bg-joined' },
  leaving: { text: 'text-leaving', dot: 'before:border-dashed before:border-leaving' },
  leaved: { text: 'text-muted', dot: 'before:border-muted' },
  danger: { text: 'text-danger', dot: 'before:border-danger before:bg-danger' },
  plain: { text: 'text-ink', dot: 'before:border-ink' },
}

interface BadgeProps {
  readonly tone: BadgeTone
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** A state in one or two words. */
export function Badge({ tone, title, children }: BadgeProps) {
  const { text, dot } = BADGE_TONES[tone]
  return (
    <span
      title={title}
      className={`inline-flex items-center gap-1.5 whitespace-nowrap before:size-2 before:shrink-0 before:rounded-full before:border-2 before:forced-color-adjust-none ${text} ${dot}`}
    >
      {children}
    </span>
  )
}
