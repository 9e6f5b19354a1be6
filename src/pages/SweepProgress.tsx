import { useReach } from '~/cache/live/poll.ts'
import { loadedText } from '~/derive/sweep.ts'
import { Button } from '~/ui/Button.tsx'
import { Moment } from '~/ui/Moment.tsx'

/** While the sweep runs: how far back the data is whole, and a button to pause or resume. */
export function SweepProgress({ what }: { what: string }) {
  const { isWhole, backTo, part, isPaused, pause } = useReach()
  if (isWhole || backTo === null) return null
  return (
    // At the bottom, so that no row moves when this appears or disappears.
    <div className="sticky bottom-0 mt-auto flex flex-wrap items-center gap-x-3 border-t border-line bg-page px-4 py-1.5 text-joining">
      {/* First, where no floating element on the other side covers it. */}
      <Button onClick={() => pause(!isPaused)}>
        {isPaused ? 'Resume loading' : 'Pause loading'}
      </Button>
      <progress aria-label="Reading back" max={1} value={part} className="h-1.5 w-32" />
      <span className="max-sm:h-10 max-sm:w-full">
        {what} incomplete: loaded back to <Moment at={backTo} />, {loadedText(part)}.
      </span>
    </div>
  )
}
