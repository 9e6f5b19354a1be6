import { Ellipsis } from 'lucide-react'
import { allCommands } from '~/ui/commands.ts'
import { CommandsButton } from '~/ui/CommandsButton.tsx'

/** The groups of commands that are about the view as a whole. */
const GROUPS = new Set(['This view', 'Saved view'])

const viewCommands = () => allCommands().filter(({ group }) => GROUPS.has(group))

/** The menu of the view: what can be done with it, and the saved ones. */
export const ViewMenu = () => (
  <CommandsButton label="View" title="Export, ticket, saved views" commands={viewCommands}>
    <Ellipsis />
  </CommandsButton>
)
