import { useConfig } from '~/use-config.ts'
import { FailedLine } from '../Failed.tsx'
import { PageHeading } from '../PageHeading.tsx'
import { Roster } from '../roster/Roster.tsx'
import { useConferenceList } from '../use-conference-list.ts'
import { useScope } from './use-scope.ts'

/** The participants of all conferences. */
export function ParticipantsPage() {
  const { title } = useConfig()
  const list = useConferenceList()
  const scope = useScope(list.data?.conferences)
  return (
    <>
      <title>{`Participants · ${title}`}</title>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 px-4 pt-2">
        <PageHeading>Participants</PageHeading>
        {list.failure && (
          <FailedLine
            what="Names of conferences may be out of date"
            error={list.failure}
            isBesideData
            onRetry={list.askNow}
          />
        )}
      </div>
      <Roster scope={scope} />
    </>
  )
}
