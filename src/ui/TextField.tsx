import { useId, type ReactNode } from 'react'

interface TextFieldProps {
  readonly label: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  /** Characters. */
  readonly maxLength?: number
  /** Has the focus when its dialog opens. */
  readonly isFirst?: boolean
  /** More than one line to type in. */
  readonly lines?: number
  /** What is wrong with the text, or how long it may be. */
  readonly hint?: string
  readonly isWrong?: boolean
}

const LOOK = 'mt-1 block min-h-7 w-full rounded border border-edge bg-page px-2'

/** A text to type in, under its label. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, maxLength, isFirst = false, lines, hint, isWrong = false } = props
  const id = useId()
  const field = {
    id,
    value,
    maxLength,
    ...(isFirst && { 'data-first': true }),
    ...(isWrong && { 'aria-invalid': true }),
    ...(hint && { 'aria-describedby': `${id}-hint` }),
  }
  return (
    <div className="mt-3">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      {lines === undefined ? (
        <input
          {...field}
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className={LOOK}
        />
      ) : (
        <textarea
          {...field}
          rows={lines}
          onChange={(event) => onChange(event.target.value)}
          className={`${LOOK} py-1`}
        />
      )}
      {hint && (
        <p id={`${id}-hint`} className={`mt-1 text-xs ${isWrong ? 'text-danger' : 'text-muted'}`}>
          {hint}
        </p>
      )}
    </div>
  )
}
