import { useAct } from '~/actions/act.ts'
import { graceFor } from '~/actions/grace.ts'
import { useConfig } from '~/use-config.ts'
import { isRestSettled, type BatchView } from '~/derive/batches.ts'
import { Button } from '~/ui/Button.tsx'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import type { Outcomes } from '../use-outcomes.ts'
import { BatchList } from './BatchList.tsx'
import { NewLinkOffer } from './NewLinkOffer.tsx'
import { NextStep } from './NextStep.tsx'

interface BatchControlsProps {
  readonly view: BatchView
  readonly outcomes: Outcomes
}

/** What can be done about a batch. Buttons that send something ignore a gesture that began elsewhere. */
export function BatchControls({ view, outcomes }: BatchControlsProps) {
  const { batch, actions, phase, counts } = view
  const { sendNow, withdraw, pause, resume, retry, dismiss } = useAct()
  const isOne = actions.length === 1
  const failed = actions.filter(
    (action) => outcomes.of(action).state === 'failed' && !outcomes.again.has(action.id),
  )
  const [one] = actions
  const config = useConfig()
  return (
    <>
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {phase === 'grace' && (
          <>
            <Button
              title="Undo (Ctrl+Z)"
              aria-keyshortcuts="Control+Z Meta+Z"
              onClick={() => withdraw(batch.id)}
            >
              Undo
            </Button>
            <DeliberateButton onClick={() => sendNow(batch.id)}>Send now</DeliberateButton>
          </>
        )}
        {phase === 'running' && !isOne && <Button onClick={() => pause(batch.id)}>Pause</Button>}
        {phase === 'paused' && (
          <DeliberateButton onClick={() => resume(batch.id)}>Go on</DeliberateButton>
        )}
        {(phase === 'paused' || (phase === 'running' && !isOne)) && counts.waiting > 0 && (
          <Button onClick={() => withdraw(batch.id)}>
            {isOne ? 'Stop and send nothing' : `Stop and keep the other ${counts.waiting}`}
          </Button>
        )}
        {phase === 'done' && failed.length > 0 && (
          <DeliberateButton
            onClick={() => {
              retry(failed, graceFor(config, one?.kind ?? 'remove', failed.length))
              if (isRestSettled(actions, failed, outcomes)) dismiss(batch.id)
            }}
          >
            {isOne ? 'Retry' : `Retry ${failed.length} failed`}
          </DeliberateButton>
        )}
        {phase === 'done' && <NewLinkOffer actions={actions} />}
        {isOne && one && <NextStep action={one} actions={actions} outcomes={outcomes} />}
      </div>
      {!isOne && <BatchList actions={actions} outcomes={outcomes} isOver={phase === 'done'} />}
    </>
  )
}
