import { useEffect, useEffectEvent } from 'react'
import { announce } from './announce.ts'
import { usePageKeys } from './keys.ts'

/** Something that the operator can do now, by its name in the command menu or by its key. */
export interface Command {
  readonly id: string
  /** What it is about: a heading of the menu. */
  readonly group: string
  readonly title: string
  /** The `key` of the keyboard events that run it; the first one is shown. */
  readonly keys?: readonly string[]
  /** Acts without a question: a key that is held down does it once. */
  readonly isDirect?: boolean
  /** Why it cannot be done now. */
  readonly reason?: string | undefined
  readonly run: () => void
}

type Provider = () => readonly Command[]

/** Those of the parts of the page that are on the screen, in the order in which they came. */
const providers = new Set<Provider>()

/** Offers commands while the component is mounted. They are made when they are asked for, and cost nothing before. */
export function useCommands(provide: Provider): void {
  const current = useEffectEvent(provide)
  // The commands of the whole page are outside of React.
  useEffect(() => {
    const provider = () => current()
    providers.add(provider)
    return () => void providers.delete(provider)
  }, [])
}

/** All commands that are on offer, those of the part that came last first. */
export function allCommands(): readonly Command[] {
  return [...providers].toReversed().flatMap((provide) => provide())
}

/** Does what a command says, or announces why it cannot be done now. */
export function runCommand({ reason, run }: Pick<Command, 'reason' | 'run'>): void {
  if (reason === undefined) run()
  else announce(reason)
}

/** Runs commands by their keys, wherever the focus is, but in a field, a dialog or a menu. */
export function useCommandKeys(): void {
  usePageKeys((event) => {
    if (event.defaultPrevented || !isForThePage(event)) return
    const command = allCommands().find(({ keys }) => keys?.includes(event.key))
    if (!command || (event.repeat && command.isDirect)) return
    event.preventDefault()
    runCommand(command)
  })
}

/** What takes keys for itself. */
const TAKES_KEYS =
  'dialog, [role=dialog], [role=menu], input:not([type=checkbox]), textarea, select, [contenteditable]'

/** What Enter presses. */
const TAKES_ENTER = `${TAKES_KEYS}, a, button, summary`

/** A shifted letter is another command; `?` needs Shift on most keyboards. */
const isForThePage = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  !document.querySelector('dialog[open]') &&
  !(target instanceof Element && target.closest(key === 'Enter' ? TAKES_ENTER : TAKES_KEYS))
