import { useQueryClient } from '@tanstack/react-query'
import { use } from 'react'
import { useNavigate } from 'react-router'
import { conferencesQuery, heldConferences } from '~/cache/queries/conference-list.ts'
import { usePollInterval } from '~/cache/live/poll.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { conferenceNames } from '~/derive/conference-names.ts'
import { conferencePath, routes } from '~/paths.ts'
import type { Command } from '~/ui/commands.ts'

/** The pages of the app, by name. */
const PAGES: ReadonlyArray<readonly [path: string, title: string]> = [
  [routes.conferences, 'Conferences'],
  [routes.participants, 'Participants'],
  [routes.activity, 'Activity'],
  [routes.settings, 'Settings'],
]

/** Every page and every known conference, as commands that lead there; reads the list of conferences. */
export function usePlaces(): readonly Command[] {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { leads } = use(RoleContext)
  useQueryKeepingError(conferencesQuery(usePollInterval(), leads))
  const names = conferenceNames(heldConferences(client))
  const to = (group: string, path: string, title: string): Command => ({
    id: `go ${path}`,
    group,
    title,
    run: () => void navigate(path),
  })
  return [
    ...PAGES.map(([path, title]) => to('Go to', path, title)),
    ...Array.from(names, ([id, name]) => to('Conference', conferencePath(id), name)),
  ]
}
