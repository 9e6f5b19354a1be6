import { Suspense, use, useEffect } from 'react'
import { useNavigate } from 'react-router'
import { RoleContext } from '~/cache/queries/role.ts'
import { allCommands, useCommandKeys, useCommands, type Command } from '~/ui/commands.ts'
import { isShortcut, usePageKeys } from '~/ui/keys.ts'
import { ActionMenu } from '~/ui/lazy-action-menu.ts'
import { lazy } from '~/ui/lazy.ts'
import { useSavedViews } from '../saved-views.ts'
import { focusRows } from '~/table/use-roving-focus.ts'
import type { CommandDialog } from './CommandDialogs.tsx'
import { ManualCopy } from './ManualCopy.tsx'

const CommandDialogs = lazy(async () => (await import('./CommandDialogs.tsx')).CommandDialogs)

interface CommandsProps {
  readonly opened: CommandDialog | null
  readonly setOpened: (dialog: CommandDialog | null) => void
  readonly onSignOut: () => void
}

/** The keys of the whole page, and the dialogs that they open. */
export function Commands({ opened, setOpened, onSignOut }: CommandsProps) {
  const navigate = useNavigate()
  const views = useSavedViews()
  const { refresh } = use(RoleContext)
  const open = (kind: 'keys' | 'save') => setOpened({ kind })
  useCommands(() => [
    { id: 'help', group: 'Rollcall', title: 'Keys', keys: ['?'], run: () => open('keys') },
    { id: 'refresh', group: 'Rollcall', title: 'Refresh now', keys: ['r'], run: () => refresh?.() },
    { id: 'sign-out', group: 'Rollcall', title: 'Sign out', run: onSignOut },
    { id: 'filter', group: 'Rollcall', title: 'Go to the filter', keys: ['/'], run: focusFilter },
    ...(document.querySelector('tbody tr') ? ROW_STEPS : []),
    { id: 'save', group: 'This view', title: 'Save this view…', run: () => open('save') },
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
      void CommandDialogs.preload()
      void ActionMenu.preload()
    })
    return () => clearTimeout(timer)
  }, [isAfterFirstRows])
  // Opens the menu from everywhere but a dialog.
  usePageKeys((event) => {
    if (!isShortcut(event, 'k')) return
    event.preventDefault()
    if (!document.querySelector('dialog[open]'))
      setOpened({ kind: 'menu', commands: allCommands() })
  })
  return (
    <>
      <Suspense>
        {opened && <CommandDialogs opened={opened} onClose={() => setOpened(null)} />}
      </Suspense>
      <ManualCopy />
    </>
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
