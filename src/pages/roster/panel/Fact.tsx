import type { ReactNode } from 'react'

/** One fact about a participant, in a list of them. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="flex min-w-0 items-center gap-1">{children}</dd>
  </>
)
