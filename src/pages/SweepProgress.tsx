import { useRoster } from '~/cache/poll.ts'
import { toMillis } from '~/domain/time.ts'
import { Moment } from '~/ui/Moment.tsx'

/** While the first walk through the list goes on: how far back what is shown is whole. */
export function SweepProgress({ what }: { what: string }) {
  const { held, sweep } = useRoster()
  if (sweep.isComplete || sweep.backTo === null) return null
  return (
    <p className="px-4 pb-2 text-joining">
      {what} are not whole yet: {held.size} participants read, back to{' '}
      <Moment at={toMillis(sweep.backTo)} />.
    </p>
  )
}
