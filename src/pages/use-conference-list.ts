import { use } from 'react'
import { usePollInterval } from '~/cache/live/poll.ts'
import { conferencesQuery } from '~/cache/queries/conference-list.ts'
import type { ConferenceList } from '~/cache/queries/conference-reading.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { useQueryKeepingError, type Watched } from '~/cache/queries/use-query-keeping-error.ts'

/** The list of conferences, read by the leading tab for all. */
export function useConferenceList(): Watched<ConferenceList> {
  const { leads } = use(RoleContext)
  return useQueryKeepingError(conferencesQuery(usePollInterval(), leads))
}
