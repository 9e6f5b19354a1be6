import type { IconNode } from 'lucide'
import { createElement } from 'react'

/**
 * Draws one of Lucide's icons, which say nothing to assistive technology: the words are beside them. Drawn here
 * from their data, since the library's own React components cost a kilobyte before the first row.
 */
export const Icon = ({ of, className = 'size-4' }: { of: IconNode; className?: string }) => (
  <svg
    aria-hidden
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={2}
    strokeLinecap="round"
    strokeLinejoin="round"
    className={`shrink-0 ${className}`}
  >
    {of.map(([tag, attributes], index) => createElement(tag, { key: index, ...attributes }))}
  </svg>
)
