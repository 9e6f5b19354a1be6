import { useEffect } from 'react'

/** Names the page in the tab and the history while the caller is on the screen. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
