import type { ComponentProps } from 'react'
import { Button } from './Button.tsx'
import { useAim, useDeliberate } from './deliberate.ts'

/** A button that does something irreversible at once, and may come up where the pointer rests or is being clicked. */
export function DeliberateButton({ onClick, ...props }: ComponentProps<typeof Button>) {
  const { isArmed, isMeant } = useDeliberate()
  const { isAimed, watch } = useAim()
  return (
    <Button
      {...props}
      {...watch}
      {...(!isArmed && { 'aria-disabled': true })}
      onClick={(event) => {
        if (isMeant(event) && isAimed(event)) onClick?.(event)
      }}
    />
  )
}
