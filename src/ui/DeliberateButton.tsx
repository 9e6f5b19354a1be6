import type { ComponentProps } from 'react'
import { Button } from './Button.tsx'
import { useAim, useDeliberate } from './deliberate.ts'

/** A button that acts at once and irreversibly, and may appear under a pointer that rests or is clicking. */
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
