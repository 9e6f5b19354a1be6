import { X } from 'lucide'
import { useAct } from '~/actions/act.ts'
import { usePoll } from '~/cache/poll.ts'
import { useSessionState } from '~/cache/session.ts'
import { ACTION_NAME } from '~/derive/action-text.ts'
import { countsText, tallyOf, type BatchView } from '~/derive/batches.ts'
import type { Action, Batch } from '~/domain/action.ts'
import { Button } from '~/ui/Button.tsx'
import { Icon } from '~/ui/Icon.tsx'
import { durationText } from '~/util/time-text.ts'
import { BatchList } from './BatchList.tsx'

interface BatchCardProps {
  readonly view: BatchView
  /** Milliseconds on the server's clock. */
  readonly now: number
  /** Milliseconds after which what was asked for should have come true. */
  readonly limit: number
}

/** Many asked for at once: how far it is, what can still be stopped, and who is left. */
export function BatchCard({ view, now, limit }: BatchCardProps) {
  const { batch, actions, phase, counts } = view
  const { dismiss } = useAct()
  const name = `${ACTION_NAME[actions[0]?.kind ?? 'remove']} of ${actions.length}`
  const asked = actions.length - counts.withdrawn
  return (
    <article aria-label={name} className="rounded-lg border border-edge bg-raised p-3 shadow-lg">
      <div className="flex items-start gap-2">
        <h2 className="grow font-semibold">{name}</h2>
        {phase === 'done' && (
          <Button tone="quiet" aria-label={`Dismiss: ${name}`} onClick={() => dismiss(batch.id)}>
            <Icon of={X} />
          </Button>
        )}
      </div>
      <p role="status" className="text-muted">
        <PhaseText view={view} />
      </p>
      {phase === 'grace' ? (
        <p className="text-muted">Starts in {durationText(batch.startsAt - now + 999)}.</p>
      ) : (
        <>
          {asked > 0 && (
            <progress
              aria-label="Sent"
              max={asked}
              value={asked - counts.waiting}
              className="h-1.5 w-full text-accent"
            />
          )}
          <p className={counts.connected > 0 ? 'font-semibold text-danger' : 'text-muted'}>
            {countsText(counts)}
          </p>
        </>
      )}
      <Controls view={view} />
      <BatchList
        actions={actions}
        limit={limit}
        isOpen={phase === 'done' && actions.some((action) => asksForMore(action, limit))}
      />
    </article>
  )
}

/** Something is left to be done about it. */
const asksForMore = (action: Action, limit: number): boolean =>
  action.state === 'changed' || ['failed', 'connected'].includes(tallyOf(action, limit))

const PAUSED: Readonly<Record<NonNullable<Batch['paused']>, string>> = {
  'by-choice': 'Paused.',
  interrupted:
    'Interrupted: nobody was here for a while. What is left is not sent until you go on.',
  'tab-gone':
    'Interrupted: the tab that was sending this is gone. What is left is not sent until you go on.',
}

/** In words that change only when the phase does, so that each second is not read out. */
function PhaseText({ view: { phase, batch, actions, counts } }: { view: BatchView }) {
  const { isOnline } = usePoll()
  const { session } = useSessionState()
  switch (phase) {
    case 'grace':
      return 'Nothing is sent yet.'
    case 'paused':
      return PAUSED[batch.paused ?? 'by-choice']
    case 'running': {
      const waiting = actions.find(({ state, text }) => state === 'waiting' && text)
      if (!session) return 'Waits until you sign in again.'
      if (!isOnline) return 'Waits for the network.'
      return waiting ? `${waiting.text} Goes on by itself.` : 'Under way.'
    }
    case 'done': {
      if (counts.withdrawn === actions.length) return 'Nothing was sent.'
      if (counts.connected > 0)
        return 'All are sent. Not all have worked: hang up the calls of who is left.'
      if (counts.leaving > 0) return 'All are sent. Not all are gone yet.'
      return counts.failed > 0 ? 'Done, but for those that failed.' : 'Done.'
    }
  }
}

function Controls({ view: { batch, actions, phase, counts } }: { view: BatchView }) {
  const { sendNow, withdraw, pause, goOn, retry, dismiss } = useAct()
  const failed = actions.filter(({ state, goneAt }) => state === 'failed' && goneAt === null)
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {phase === 'grace' && (
        <>
          <Button onClick={() => withdraw(batch.id)}>Undo</Button>
          <Button onClick={() => sendNow(batch.id)}>Send now</Button>
        </>
      )}
      {phase === 'running' && <Button onClick={() => pause(batch.id)}>Pause</Button>}
      {phase === 'paused' && <Button onClick={() => goOn(batch.id)}>Go on</Button>}
      {(phase === 'running' || phase === 'paused') && counts.waiting > 0 && (
        <Button onClick={() => withdraw(batch.id)}>Stop: keep the {counts.waiting} left</Button>
      )}
      {phase === 'done' && failed.length > 0 && (
        <Button
          onClick={() => {
            retry(failed)
            dismiss(batch.id)
          }}
        >
          Try again for {failed.length} that failed
        </Button>
      )}
    </div>
  )
}
