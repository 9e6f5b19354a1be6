import { Menu } from '@base-ui/react/menu'
import { useRef, useState } from 'react'
import { announce } from './announce.ts'
import type { Command } from './commands.ts'
import { keyText } from './keys.ts'

interface ActionMenuProps {
  /** What the actions are about. */
  readonly label: string
  readonly commands: readonly Command[]
  /** The button that opened it. */
  readonly anchor: Element
  /** Called when it is gone and the focus is back. */
  readonly onClose: () => void
}

/**
 * A menu of actions below the button that opened it. What cannot be done now says why. It goes on offering what it offered
 * when it opened: an action that has become another would be chosen by a click that was meant for the first.
 */
export function ActionMenu({ label, commands, anchor, onClose }: ActionMenuProps) {
  const [isOpen, setOpen] = useState(true)
  const [offered] = useState(commands)
  const chosen = useRef<Command>(undefined)
  return (
    <Menu.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(open) => {
        if (open) return
        onClose()
        // A dialog gives the focus back to where it was when it opened.
        if (anchor instanceof HTMLElement) anchor.focus()
        chosen.current?.run()
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={4} className="z-30">
          <Menu.Popup
            aria-label={label}
            finalFocus={() => (anchor instanceof HTMLElement ? anchor : true)}
            className="max-h-[min(24rem,90dvh)] max-w-[calc(100vw-1rem)] min-w-56 overflow-y-auto rounded border border-edge bg-page py-1 shadow-lg outline-none"
          >
            <div aria-hidden className="max-w-72 truncate px-3 py-1 text-muted">
              <bdi>{label}</bdi>
            </div>
            {offered
              .map((one) => nowOf(one, commands))
              .map((command) => (
                <Item
                  key={command.id}
                  command={command}
                  onChoose={() => {
                    chosen.current = command
                  }}
                />
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** What has become of an action that was offered. */
function nowOf(offered: Command, commands: readonly Command[]): Command {
  const now = commands.find(({ id }) => id === offered.id)
  return now?.title === offered.title ? now : { ...offered, reason: 'This has changed meanwhile' }
}

/** One that cannot be chosen keeps its place among the arrow keys, so that its reason can be read. */
function Item({ command, onChoose }: { command: Command; onChoose: () => void }) {
  const { title, keys, reason } = command
  const [key] = keys ?? []
  return (
    <Menu.Item
      closeOnClick={reason === undefined}
      onClick={reason === undefined ? onChoose : () => announce(reason)}
      {...(reason !== undefined && { 'aria-disabled': true, 'aria-description': reason })}
      className={`flex min-h-7 cursor-pointer items-center gap-6 px-3 outline-none data-highlighted:bg-selected data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-accent ${reason === undefined ? '' : 'text-muted'}`}
    >
      <span className="grow">
        {title}
        {reason !== undefined && <span className="block text-xs">{reason}</span>}
      </span>
      {key !== undefined && (
        <kbd aria-hidden className="text-xs text-muted">
          {keyText(key)}
        </kbd>
      )}
    </Menu.Item>
  )
}
