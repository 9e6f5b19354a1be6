import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { usePoll } from '~/cache/live/poll.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'

/** Limits a crash to one part of a page, and renders that part again at the next poll and on the next page. */
export function PageBoundary({ children, part = '' }: { children: ReactNode; part?: string }) {
  const { pathname } = useLocation()
  const { updatedAt } = usePoll()
  return <ErrorBoundary resetKey={`${pathname} ${part} ${updatedAt}`}>{children}</ErrorBoundary>
}
