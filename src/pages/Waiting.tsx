import { Button } from '~/ui/Button.tsx'

interface WaitingProps {
  /** How many changes a frozen table holds back. */
  readonly count: number
  readonly onShowNow: () => void
}

/** Newcomers and moves that wait until the operator has stopped reading or aiming. */
export const Waiting = ({ count, onShowNow }: WaitingProps) =>
  count > 0 && (
    <div className="ml-auto flex h-8 items-center gap-2 whitespace-nowrap text-muted">
      <p>
        {count} {count === 1 ? 'change' : 'changes'} waiting
      </p>
      <Button onClick={onShowNow}>Show now</Button>
    </div>
  )
