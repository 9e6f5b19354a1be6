import { Ellipsis } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Button } from '~/ui/Button.tsx'
import { allCommands, type Command } from '~/ui/commands.ts'
import { ActionMenu } from '~/ui/lazy-action-menu.ts'

/** The groups of commands that are about the view as a whole. */
const GROUPS = new Set(['This view', 'Saved view'])

/** The menu of the view: what can be done with it, and the saved ones. */
export function ViewMenu() {
  const [opened, setOpened] = useState<{
    readonly anchor: Element
    readonly commands: readonly Command[]
  } | null>(null)
  return (
    <>
      <Button
        tone="quiet"
        aria-label="View"
        title="Export, ticket, saved views"
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        className="h-8 px-1.5!"
        onClick={({ currentTarget }) =>
          setOpened({
            anchor: currentTarget,
            commands: allCommands().filter(({ group }) => GROUPS.has(group)),
          })
        }
      >
        <Ellipsis />
      </Button>
      <Suspense>
        {opened && <ActionMenu label="View" {...opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </>
  )
}
