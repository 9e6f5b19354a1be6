import { useCallback, useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'

/** The key that React Router gives to the first address of a visit. */
const FIRST_KEY = 'default'

/** The heading of a page. It takes the focus when the page is navigated to, so that the next key press acts there. */
export function PageHeading({ children }: { readonly children: ReactNode }) {
  const { key } = useLocation()
  const [isNavigated] = useState(key !== FIRST_KEY)
  const arrive = useCallback(
    (heading: HTMLElement | null) => {
      // A page that loads late must not take the focus from a control that is already in use.
      const isInUse = document.activeElement?.closest('#main > *')
      if (isNavigated && !isInUse) heading?.focus({ preventScroll: true })
    },
    [isNavigated],
  )
  return (
    <h1 ref={arrive} tabIndex={-1} className="text-base font-semibold wrap-break-word">
      {children}
    </h1>
  )
}
