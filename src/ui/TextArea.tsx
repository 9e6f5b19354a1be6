import { useId } from 'react'

interface TextAreaProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong with the text, or how long it may be. */
  readonly hint?: string
  readonly isWrong?: boolean
}

/** Several lines to type in, under their label. Has the focus when its dialog opens. */
export function TextArea({ label, value, onChange, hint, isWrong = false }: TextAreaProps) {
  const id = useId()
  return (
    <div className="mt-3">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <textarea
        id={id}
        data-first
        rows={4}
        value={value}
        aria-invalid={isWrong}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 block w-full rounded border border-edge bg-page px-2 py-1"
      />
      {hint && (
        <p id={`${id}-hint`} className={`mt-1 text-xs ${isWrong ? 'text-danger' : 'text-muted'}`}>
          {hint}
        </p>
      )}
    </div>
  )
}
