import type { ComponentProps } from 'react'
import { useHref, useLinkClickHandler } from 'react-router'

interface LinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  /** An address within the app. */
  readonly to: string
}

/** A link within the app. react-router's own brings what only its framework needs: 2 kB before the first row. */
export function Link({ to, children, ...rest }: LinkProps) {
  const href = useHref(to)
  const follow = useLinkClickHandler(to)
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  )
}
