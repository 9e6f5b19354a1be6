import { useId, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import { parseRecent, searchCommands, withRecent } from '~/derive/command-search.ts'
import { runCommand, type Command } from '~/ui/commands.ts'
import { Dialog } from '~/ui/Dialog.tsx'
import { keyText, listStep } from '~/ui/keys.ts'
import { stored } from '~/util/stored.ts'
import { visibleText } from '~/util/visible-text.ts'
import { usePlaces } from './use-places.ts'

const recentStore = stored('rollcall.recent-commands', parseRecent)

interface CommandMenuProps {
  readonly commands: readonly Command[]
  readonly onClose: () => void
}

/** Every page, conference, saved view and action by its name; those used last stand first. */
export function CommandMenu({ commands, onClose }: CommandMenuProps) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const chosen = useRef<Command>(undefined)
  const listId = useId()
  const found = useFound(commands, text)
  const place = Math.min(at, found.length - 1)
  const active = found[place]
  const choose = (command: Command, element: Element) => {
    chosen.current = command
    recentStore.set(withRecent(recentStore.get(), command.id))
    element.closest('dialog')?.close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, currentTarget } = event
    const step = listStep(key)
    if (step !== 0) setAt((place + step + found.length) % Math.max(found.length, 1))
    else if (key === 'Enter' && active) choose(active, currentTarget)
    else return
    event.preventDefault()
  }
  return (
    <Dialog
      title="Command menu"
      isWide
      isBare
      onClose={() => {
        onClose()
        // Only now: the focus is back, and another dialog may open.
        if (chosen.current) runCommand(chosen.current)
      }}
    >
      <input
        data-first
        type="text"
        role="combobox"
        aria-label="Search commands"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(active && { 'aria-activedescendant': `${listId}-${place}` })}
        placeholder="Page, conference or action…"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        className="h-11 w-full shrink-0 border-b border-line bg-page px-4 outline-none"
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Commands"
        className="max-h-[60dvh] min-h-0 overflow-y-auto py-1"
      >
        {found.map((command, index) => (
          <Option
            key={command.id}
            id={`${listId}-${index}`}
            command={command}
            isActive={index === place}
            onChoose={choose}
          />
        ))}
      </div>
      <p role="status" className={found.length === 0 ? 'px-4 py-3 text-muted' : 'sr-only'}>
        {found.length === 0 ? 'Nothing is called so.' : `${found.length} found`}
      </p>
    </Dialog>
  )
}

/** The places and commands that a text finds: what is done here stands first, what is the same everywhere last. */
function useFound(commands: readonly Command[], text: string): readonly Command[] {
  const places = usePlaces()
  const recent = useSyncExternalStore(recentStore.subscribe, recentStore.get)
  const all = [
    ...commands.filter((command) => !isGeneral(command)),
    ...places,
    ...commands.filter(isGeneral),
  ]
  return searchCommands(all, text, recent)
}

const isGeneral = ({ group }: Command): boolean => group === 'Rollcall'

interface OptionProps {
  readonly id: string
  readonly command: Command
  readonly isActive: boolean
  readonly onChoose: (command: Command, element: Element) => void
}

function Option({ id, command, isActive, onChoose }: OptionProps) {
  const { group, title, keys, reason } = command
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      {...(reason !== undefined && { 'aria-disabled': true })}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={({ currentTarget }) => onChoose(command, currentTarget)}
      className={`flex min-h-8 cursor-pointer items-center gap-3 px-4 ${isActive ? 'bg-selected outline-2 -outline-offset-2 outline-accent' : 'hover:bg-hover'} ${reason === undefined ? '' : 'text-muted'}`}
    >
      <bdi className="min-w-0 truncate">{visibleText(title)}</bdi>
      <span className="min-w-0 grow truncate text-muted">{reason ?? visibleText(group)}</span>
      {keys?.[0] !== undefined && <kbd className="text-xs text-muted">{keyText(keys[0])}</kbd>}
    </div>
  )
}
