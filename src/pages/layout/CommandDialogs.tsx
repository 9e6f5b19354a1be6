import type { Command } from '~/ui/commands.ts'
import { CommandMenu } from './CommandMenu.tsx'
import { SaveViewDialog } from './SaveViewDialog.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'

/** A dialog that a command opens. */
export type CommandDialog =
  | { readonly kind: 'keys' | 'save' }
  /** With what can be done now, as offered when the menu was opened: its own focus must not change that. */
  | { readonly kind: 'menu'; readonly commands: readonly Command[] }

interface CommandDialogsProps {
  readonly opened: CommandDialog
  readonly onClose: () => void
}

/** The dialogs of commands, loaded as one. */
export function CommandDialogs({ opened, onClose }: CommandDialogsProps) {
  switch (opened.kind) {
    case 'menu':
      return <CommandMenu commands={opened.commands} onClose={onClose} />
    case 'keys':
      return <ShortcutsDialog onClose={onClose} />
    case 'save':
      return <SaveViewDialog onClose={onClose} />
  }
}
