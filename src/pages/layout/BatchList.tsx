import { useState } from 'react'
import { inOrder } from '~/derive/batches.ts'
import { resultText } from '~/derive/outcome-text.ts'
import { OUTCOME_TRAITS } from '~/derive/outcome-traits.ts'
import type { Action } from '~/domain/action.ts'
import { Trace } from '~/ui/Screen.tsx'
import { visibleText } from '~/util/visible-text.ts'
import type { Outcomes } from '../use-outcomes.ts'
import { NextStep } from './NextStep.tsx'

interface BatchListProps {
  readonly actions: readonly Action[]
  readonly outcomes: Outcomes
  /** Nothing is left to be sent, so the list opens if anything went wrong. */
  readonly isOver: boolean
}

/**
 * Each action of a batch and what became of it: those that went wrong first, in an order that stays while the list is
 * open, so that no line slides under the pointer.
 */
export function BatchList({ actions, outcomes, isOver }: BatchListProps) {
  const isBad = (action: Action) => OUTCOME_TRAITS[outcomes.of(action).state].isBad
  const [order, setOrder] = useState<readonly string[] | null>(null)
  const sorted = order
    ? inOrder(actions, order)
    : actions.toSorted((a, b) => Number(isBad(b)) - Number(isBad(a)))
  return (
    <details
      open={isOver && actions.some(isBad)}
      onToggle={({ currentTarget }) =>
        setOrder(currentTarget.open ? sorted.map(({ id }) => id) : null)
      }
      className="mt-2"
    >
      <summary className="cursor-pointer text-muted">Details</summary>
      <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto">
        {sorted.map((action) => (
          <Line key={action.id} action={action} actions={actions} outcomes={outcomes} />
        ))}
      </ul>
    </details>
  )
}

interface LineProps {
  readonly action: Action
  /** All actions of its batch. */
  readonly actions: readonly Action[]
  readonly outcomes: Outcomes
}

function Line({ action, actions, outcomes }: LineProps) {
  const { target, text, trace } = action
  const outcome = outcomes.of(action)
  const { state } = outcome
  return (
    <li className="border-t border-line pt-1">
      <div className="flex gap-2">
        <bdi className="min-w-0 grow truncate">{visibleText(target.label)}</bdi>
        <span className={OUTCOME_TRAITS[state].isBad ? 'text-danger' : 'text-muted'}>
          {resultText(action, outcome)}
        </span>
      </div>
      {text && <p className="text-xs text-muted wrap-anywhere">{visibleText(text)}</p>}
      {trace && <Trace text={trace} />}
      {state !== 'unconfirmed' && (
        <NextStep action={action} actions={actions} outcomes={outcomes} />
      )}
    </li>
  )
}
