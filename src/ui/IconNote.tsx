import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface IconNoteProps {
  readonly icon: LucideIcon
  readonly title: string
  /** Classes for its colour, and for how it gives way where there is no room. */
  readonly className: string
  readonly children: ReactNode
}

/** A small sign with words beside a name or a badge. */
export const IconNote = ({ icon: Icon, title, className, children }: IconNoteProps) => (
  <span title={title} className={`inline-flex items-center gap-1 text-xs ${className}`}>
    <Icon className="size-3.5" />
    {children}
  </span>
)
