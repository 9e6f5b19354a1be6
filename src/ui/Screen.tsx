import type { ReactNode } from 'react'

interface ScreenProps {
  readonly title: string
  readonly children?: ReactNode
  /** What one can do about it. */
  readonly actions?: ReactNode
  /** Reason and request id, as the server gave them. */
  readonly trace?: string | undefined
  /** Failures are announced at once, the rest when there is a pause. */
  readonly role?: 'alert' | 'status'
}

/** What stands where data would: loading, empty, nothing matches, failed, not found, crashed. */
export function Screen({ title, children, actions, trace, role = 'status' }: ScreenProps) {
  return (
    <div
      role={role}
      className="mx-auto flex max-w-prose flex-col items-center gap-3 px-4 py-16 text-center"
    >
      <h2 className="text-base font-semibold">{title}</h2>
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
