import type { Poll, Reach } from '~/cache/live/poll.ts'
import type { ParticipantView } from '~/derive/view.ts'
import { Button } from '~/ui/Button.tsx'
import { Screen } from '~/ui/Screen.tsx'
import { Failed } from '~/pages/Failed.tsx'

interface NoParticipantsProps {
  /** How many participants are known, and how many of them are not gone. */
  readonly total: number
  readonly live: number
  readonly view: ParticipantView
  readonly poll: Poll
  readonly reach: Reach
  /** The data may be out of date. */
  readonly isOld: boolean
  readonly onShowGone: () => void
  readonly onClear: () => void
}

/** Why the table is empty: no participants, all gone, no match, not read yet, or not readable. */
export function NoParticipants(props: NoParticipantsProps) {
  const { total, live, view, poll, reach, isOld, onShowGone, onClear } = props
  if (total > 0) {
    return !view.text && live === 0 ? (
      <Screen
        title={nobodyText(reach, isOld)}
        actions={<Button onClick={onShowGone}>Show the {total} who left</Button>}
      />
    ) : (
      <Screen
        title="No participant matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {total} are known in this conference; the filter or the status buttons hide them all.
      </Screen>
    )
  }
  if (reach.isWhole && !isOld) {
    return (
      <Screen title="Nobody has been in this conference for 24 hours">
        Whoever dials in appears here by themselves.
      </Screen>
    )
  }
  if (poll.failure)
    return <Failed error={poll.failure} what="The participants" onRetry={poll.refresh} />
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

/** The text when all known participants are gone: it depends on what was read, and when. */
function nobodyText(reach: Reach, isOld: boolean): string {
  if (!reach.isWhole) return 'Nobody found in this conference so far'
  return isOld
    ? 'Nobody was in this conference when it was last read'
    : 'Nobody is in this conference now'
}
