import type { ComponentProps } from 'react'

type Tone = 'plain' | 'primary' | 'danger' | 'quiet'

const TONES: Readonly<Record<Tone, string>> = {
  plain: 'border-edge bg-page hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent hover:opacity-90',
  danger: 'border-transparent bg-danger text-on-danger hover:opacity-90',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-ink',
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly tone?: Tone
  /** Why the button is disabled. */
  readonly disabledReason?: string | undefined
}

/** A button. A disabled one stays in the tab order and says why it is disabled. */
export function Button({ tone = 'plain', disabledReason, className = '', ...props }: ButtonProps) {
  const look = disabledReason ? 'border-transparent text-muted opacity-60' : TONES[tone]
  return (
    <button
      type="button"
      {...props}
      {...(disabledReason && {
        'aria-disabled': true,
        'aria-description': disabledReason,
        title: disabledReason,
        onClick: (event) => event.preventDefault(),
      })}
      className={`inline-flex min-h-7 items-center justify-center gap-1.5 rounded border px-2.5 whitespace-nowrap ${look} ${className}`}
    />
  )
}
