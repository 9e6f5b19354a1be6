import { usePoll, useReach, type Reach } from '~/cache/live/poll.ts'
import { DEFAULT_HIDDEN } from '~/derive/view.ts'
import { toMillis } from '~/domain/time.ts'
import { Button } from '~/ui/Button.tsx'
import { useServerNowSelect } from '~/ui/now.ts'
import { Screen } from '~/ui/Screen.tsx'
import { Failed } from '~/pages/Failed.tsx'
import { useIsOld } from '~/pages/use-is-old.ts'
import type { RosterPage } from './use-rows.ts'

/** Participants are read back to 24 h ago. Milliseconds. */
const DAY = 24 * 3600_000

/** Why the table is empty: no participants, all gone, no match, not read yet, or not readable. */
export function NoParticipants({ scope, rows, view, changeView }: RosterPage) {
  const poll = usePoll()
  const reach = useReach()
  const isOld = useIsOld()
  const { total, liveCount: live } = rows
  const isOne = scope.conferenceId !== null
  const createdAt = scope.conferences.get(scope.conferenceId ?? '')?.createdAt ?? null
  const showAll = () => changeView({ hidden: [] })
  const isNew = useServerNowSelect((now) => now - toMillis(createdAt ?? 0) < DAY)
  if (total > 0) {
    return !view.text && live === 0 ? (
      <Screen
        title={nobodyText(reach, isOld, isOne)}
        actions={<Button onClick={showAll}>Show the {total} who left</Button>}
      />
    ) : (
      <NoMatch
        total={total}
        hidden={rows.countHidden()}
        onShow={showAll}
        onClear={() => changeView({ text: '', hidden: DEFAULT_HIDDEN })}
      />
    )
  }
  if (reach.isWhole && !isOld) {
    return (
      <Screen
        title={isOne && isNew ? 'Nobody has joined yet' : 'Nobody has joined in the last 24 hours'}
      >
        New callers appear here automatically.
      </Screen>
    )
  }
  if (poll.failure)
    return <Failed error={poll.failure} what="participants" onRetry={poll.refresh} />
  if (!poll.isOnline) {
    return (
      <Screen title="You are offline" role="alert">
        The participants are read as soon as the network is back.
      </Screen>
    )
  }
  if (reach.isPaused) {
    return (
      <Screen
        title="Nobody found so far"
        actions={<Button onClick={() => reach.pause(false)}>Resume loading</Button>}
      >
        Loading is paused, so earlier participants are not known.
      </Screen>
    )
  }
  return <Screen title="Loading the participants…" />
}

interface NoMatchProps {
  readonly total: number
  /** How many match the filter, but are hidden by the status buttons. */
  readonly hidden: number
  readonly onShow: () => void
  readonly onClear: () => void
}

/** No match is hidden silently. */
const NoMatch = ({ total, hidden, onShow, onClear }: NoMatchProps) => (
  <Screen
    title="No participant matches"
    actions={
      <>
        {hidden > 0 && (
          <Button tone="primary" onClick={onShow}>
            Show {hidden === 1 ? 'the one' : `the ${hidden}`} in other statuses
          </Button>
        )}
        <Button onClick={onClear}>Clear the filter</Button>
      </>
    }
  >
    The filter or the status buttons hide all {total}.
    {hidden > 0 &&
      ` The status buttons hide ${hidden === 1 ? 'one that matches' : `${hidden} that match`} the filter.`}
  </Screen>
)

/** The text when all known participants are gone: it depends on what was read, and when. */
function nobodyText(reach: Reach, isOld: boolean, isOne: boolean): string {
  const where = isOne ? 'this conference' : 'any conference'
  if (!reach.isWhole) return `Nobody found in ${where} so far`
  return isOld ? `Nobody was in ${where} when it was last read` : `Nobody is in ${where} now`
}
