import { Suspense, use, useEffect, useEffectEvent, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { RoleContext } from '~/cache/queries/role.ts'
import { allCommands, useCommandKeys, useCommands, type Command } from '~/ui/commands.ts'
import { useManualCopy } from '~/ui/copy.ts'
import { ActionMenu } from '~/ui/lazy-action-menu.ts'
import { lazy } from '~/ui/lazy.ts'
import { useSavedViews } from '../saved-views.ts'
import { focusRows } from '~/table/use-roving-focus.ts'

const CommandMenu = lazy(async () => (await import('./CommandMenu.tsx')).CommandMenu)
const ShortcutsDialog = lazy(async () => (await import('./ShortcutsDialog.tsx')).ShortcutsDialog)
const SaveViewDialog = lazy(async () => (await import('./SaveViewDialog.tsx')).SaveViewDialog)
const ManualCopy = lazy(async () => (await import('./ManualCopy.tsx')).ManualCopy)

interface CommandsProps {
  /** What the command menu offers; null while it is closed. */
  readonly offered: readonly Command[] | null
  readonly setOffered: (commands: readonly Command[] | null) => void
  readonly onSignOut: () => void
}

/** The keys of the whole page, and the dialogs that they open. */
export function Commands({ offered, setOffered, onSignOut }: CommandsProps) {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const views = useSavedViews()
  const { refresh } = use(RoleContext)
  const { manual } = useManualCopy()
  useCommands(() => [
    { id: 'help', group: 'Rollcall', title: 'Keys', keys: ['?'], run: () => setHelpOpen(true) },
    { id: 'refresh', group: 'Rollcall', title: 'Refresh now', keys: ['r'], run: () => refresh?.() },
    { id: 'sign-out', group: 'Rollcall', title: 'Sign out', run: onSignOut },
    { id: 'filter', group: 'Rollcall', title: 'Go to the filter', keys: ['/'], run: focusFilter },
    ...(document.querySelector('tbody tr') ? ROW_STEPS : []),
    { id: 'save', group: 'This view', title: 'Save this view…', run: () => setSaving(true) },
    ...views.map(({ name, path }) => ({
      id: `view ${name}`,
      group: 'Saved view',
      title: name,
      run: () => void navigate(path),
    })),
  ])
  useCommandKeys()
  const isAfterFirstRows = refresh !== undefined
  // Before they are needed: keys that are pressed while a menu is loaded would be lost.
  useEffect(() => {
    if (!isAfterFirstRows) return
    const timer = setTimeout(() => {
      for (const { preload } of [CommandMenu, ActionMenu, ShortcutsDialog, ManualCopy])
        void preload()
    })
    return () => clearTimeout(timer)
  }, [isAfterFirstRows])
  useMenuKey(() => setOffered(allCommands()))
  return (
    <Suspense>
      {offered && <CommandMenu commands={offered} onClose={() => setOffered(null)} />}
      {isHelpOpen && <ShortcutsDialog onClose={() => setHelpOpen(false)} />}
      {isSaving && <SaveViewDialog path={pathname + search} onClose={() => setSaving(false)} />}
      {manual && <ManualCopy />}
    </Suspense>
  )
}

/** From anywhere to the rows; from row to row see use-roving-focus.ts. */
const ROW_STEPS: readonly Command[] = [
  { id: 'rows', group: 'Rollcall', title: 'Go to the rows', keys: ['j', 'k'], run: focusRows },
]

const focusFilter = (): void => {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]')
  field?.focus()
  field?.select()
}

/** Ctrl+K (on a Mac ⌘K) opens the command menu from everywhere but a dialog. */
function useMenuKey(open: () => void): void {
  const onOpen = useEffectEvent(open)
  // The keys of the whole page: no element of React hears them all.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event
      if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || shiftKey || altKey) return
      event.preventDefault()
      if (!document.querySelector('dialog[open]')) onOpen()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
