import type { ComponentProps } from 'react'

/** A list that is scrolled when it is long, with the keyboard too. It is named by `aria-label` or `aria-labelledby`. */
export const ScrollList = ({ className = '', ...props }: ComponentProps<'ul'>) => (
  <ul
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    tabIndex={0}
    {...props}
    className={`mt-1 max-h-40 overflow-y-auto rounded border border-line ${className}`}
  />
)
