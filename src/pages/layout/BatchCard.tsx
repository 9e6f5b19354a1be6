import { X } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { batchName } from '~/derive/action-text.ts'
import { pausedText, type BatchView } from '~/derive/batches.ts'
import { titleOf } from '~/derive/outcome-text.ts'
import { OUTCOME_TRAITS } from '~/derive/outcome-traits.ts'
import { Button } from '~/ui/Button.tsx'
import type { Outcomes } from '../use-outcomes.ts'
import { BatchControls } from './BatchControls.tsx'
import { ManyText } from './ManyText.tsx'
import { OneText } from './OneText.tsx'
import { useCountdown } from './use-countdown.ts'

interface BatchCardProps {
  readonly view: BatchView
  readonly outcomes: Outcomes
}

/**
 * A batch of one or many actions: how far it has come, what can still be stopped, what went wrong and what can be done
 * about it. The card of one action that went well fades by itself, unless the pointer or the focus is on it.
 */
export function BatchCard({ view, outcomes }: BatchCardProps) {
  const { batch, actions, phase } = view
  const { dismiss } = useAct()
  const [first] = actions
  const one = actions.length === 1 ? first : undefined
  const outcome = one && outcomes.of(one)
  const traits = outcome && OUTCOME_TRAITS[outcome.state]
  const isBad = traits?.isBad ?? false
  // With a yes the trace is of something beside it that failed, such as a recording that could not be stopped.
  const isWell = (traits?.isWell ?? false) && !(outcome?.answer === 'yes' && one?.trace)
  // An action that had ended well before the card was drawn needs no card.
  const [isOld, setOld] = useState(isWell)
  const countdown = useCountdown(view, outcomes.now)
  if (!first || (isOld && isWell)) return null
  const name = one && outcome ? titleOf(one, outcome) : batchName(first.kind, actions.length)
  return (
    <article
      aria-label={name}
      onAnimationEnd={() => setOld(true)}
      {...(phase === 'grace' && countdown.watch)}
      className={`rounded-lg border bg-raised p-3 shadow-lg ${isBad ? 'border-danger' : 'border-edge'} ${isWell ? 'fades-away' : ''}`}
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          {one && outcome ? (
            <OneText action={one} outcome={outcome} limit={outcomes.limit} />
          ) : (
            <h2 className="font-semibold">{name}</h2>
          )}
        </div>
        {phase === 'done' && (
          <Button tone="quiet" aria-label={`Dismiss: ${name}`} onClick={() => dismiss(batch.id)}>
            <X />
          </Button>
        )}
      </div>
      {phase === 'grace' && <p className="text-muted">{countdown.text}</p>}
      {one && phase === 'paused' && (
        <p role="status" className="text-muted">
          {pausedText(batch)}
        </p>
      )}
      {!one && <ManyText view={view} />}
      <BatchControls view={view} outcomes={outcomes} />
    </article>
  )
}
