import { Suspense, useState, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import type { Command } from './commands.ts'
import { ActionMenu } from './lazy-action-menu.ts'

interface CommandsButtonProps {
  readonly label: string
  readonly title: string
  /** Asked for when the menu opens. */
  readonly commands: () => readonly Command[]
  readonly children: ReactNode
}

/** A button that opens a menu of commands. */
export function CommandsButton({ label, title, commands, children }: CommandsButtonProps) {
  const [opened, setOpened] = useState<{
    readonly anchor: Element
    readonly commands: readonly Command[]
  } | null>(null)
  return (
    <>
      <Button
        tone="quiet"
        aria-label={label}
        title={title}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        className="h-8 px-1.5!"
        onClick={({ currentTarget }) => setOpened({ anchor: currentTarget, commands: commands() })}
      >
        {children}
      </Button>
      <Suspense>
        {opened && <ActionMenu label={label} {...opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </>
  )
}
