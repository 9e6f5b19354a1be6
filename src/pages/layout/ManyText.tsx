import type { ReactNode } from 'react'
import { usePoll } from '~/cache/live/poll.ts'
import { useSessionState } from '~/cache/live/session.ts'
import type { ActionKind } from '~/domain/action.ts'
import { wordOf } from '~/derive/outcome-words.ts'
import { countsText, pausedText, type BatchView } from '~/derive/batches.ts'

/** How far a batch of many has come. */
export function ManyText({ view }: { view: BatchView }) {
  const { actions, phase, counts } = view
  const asked = actions.length - counts.withdrawn
  const kind = actions[0]?.kind ?? 'remove'
  return (
    <>
      <p role="status" className="text-muted">
        <PhaseText view={view} />
      </p>
      {phase !== 'grace' && (
        <>
          {asked > 0 && (
            <progress
              aria-label="Sent"
              max={asked}
              value={asked - counts.waiting}
              className="h-1.5 w-full text-accent"
            />
          )}
          <p className={counts['still-connected'] > 0 ? 'font-semibold text-danger' : 'text-muted'}>
            {countsText(counts, kind)}
          </p>
        </>
      )}
    </>
  )
}

/** Words that change only when the phase does, so that not each second is read out. */
function PhaseText({ view: { phase, batch, actions, counts } }: { view: BatchView }): ReactNode {
  const { isOnline } = usePoll()
  const kind = actions[0]?.kind ?? 'remove'
  const { session } = useSessionState()
  switch (phase) {
    case 'grace':
      return 'Nothing is sent yet.'
    case 'paused':
      return pausedText(batch)
    case 'running': {
      const waiting = actions.find(({ state, text }) => state === 'waiting' && text)
      if (!session) return 'Waits until you sign in again.'
      if (!isOnline) return 'Waits for the network.'
      return waiting ? `${waiting.text} Resumes automatically.` : 'Under way.'
    }
    case 'done': {
      if (counts.withdrawn === actions.length) return 'Nothing was sent.'
      const left = counts['still-connected']
      if (left > 0) return inVainText(kind, left)
      const leaving = counts.leaving + counts['call-ended']
      const are = kind === 'remove' ? 'still leaving' : wordOf('leaving', kind)
      if (leaving > 0) return <AllSent count={leaving} are={are} />
      if (counts.unconfirmed > 0)
        return <AllSent count={counts.unconfirmed} are="not confirmed yet" />
      return counts.failed > 0 ? `Done, except ${counts.failed} that failed.` : 'Done.'
    }
  }
}

function inVainText(kind: ActionKind, count: number): string {
  if (kind !== 'remove' && kind !== 'hang-up')
    return `All sent, but ${count} ${wordOf('still-connected', kind)}.`
  return count === 1
    ? 'All sent, but 1 is still connected. Hang up its call.'
    : `All sent, but ${count} are still connected. Hang up their calls.`
}

/** The number is not announced each time it falls. */
const AllSent = ({ count, are }: { count: number; are: string }) => (
  <>
    All requests sent. <span aria-live="off">{count}</span> {are}.
  </>
)
