import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { usePoll } from '~/cache/live/poll.ts'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'

/** Keeps a crash to one part of a page, and draws that part again with the next answer and on the next page. */
export function PageBoundary({ children, part = '' }: { children: ReactNode; part?: string }) {
  const { pathname } = useLocation()
  const { updatedAt } = usePoll()
  return <ErrorBoundary resetKey={`${pathname} ${part} ${updatedAt}`}>{children}</ErrorBoundary>
}
