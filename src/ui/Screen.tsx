import type { ReactNode } from 'react'

interface ScreenProps {
  /** The level of the title: 1 where nothing else is on the page. */
  readonly level?: 1 | 2
  readonly title: string
  readonly children?: ReactNode
  /** Buttons and links for the next step. */
  readonly actions?: ReactNode
  /** Reason and request id, as the server gave them. */
  readonly trace?: string | undefined
  /** Failures are announced at once, the rest when there is a pause. */
  readonly role?: 'alert' | 'status'
}

/** What stands where data would: loading, empty, nothing matches, failed, not found, crashed. */
export function Screen(props: ScreenProps) {
  const { level = 2, title, children, actions, trace, role = 'status' } = props
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div
      role={role}
      className="mx-auto flex max-w-prose flex-col items-center gap-3 px-4 py-16 text-center"
    >
      <Heading className="text-base font-semibold">{title}</Heading>
      {children && <div className="text-muted">{children}</div>}
      {trace && <Trace text={trace} />}
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

/** What support quotes: reason and request id, selectable in one click. */
export const Trace = ({ text }: { text: string }) => (
  <p className="font-mono text-xs break-all text-muted select-all">{text}</p>
)
