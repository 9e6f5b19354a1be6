import { useId, type ReactNode } from 'react'

interface TextFieldProps {
  readonly label: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  /** Characters. */
  readonly maxLength?: number
  /** Has the focus when its dialog opens. */
  readonly isFirst?: boolean
}

/** One line to type in, under its label. */
export function TextField({ label, value, onChange, maxLength, isFirst = false }: TextFieldProps) {
  const id = useId()
  return (
    <div className="mt-3">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <input
        id={id}
        {...(isFirst && { 'data-first': true })}
        type="text"
        maxLength={maxLength}
        value={value}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 block min-h-7 w-full rounded border border-edge bg-page px-2"
      />
    </div>
  )
}
