import { durationText, localText, momentText, utcText } from '~/util/time-text.ts'
import { useServerNowSelect } from './now.ts'
import { currentTimeLook } from './zone.ts'

/**
 * A moment in the chosen zone, with the date unless it is today, or how long ago it was. `at` in milliseconds; null is
 * "not yet".
 */
export function Moment({ at }: { at: number | null }) {
  const text = useServerNowSelect((now) => (at === null ? '' : textOf(at, now)))
  if (at === null) {
    return (
      <span className="text-muted" aria-label="not yet" title="not yet">
        —
      </span>
    )
  }
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${localText(at)} local, ${utcText(at)} UTC`}
    >
      {text}
    </time>
  )
}

function textOf(at: number, now: number): string {
  const { zone, times } = currentTimeLook()
  return times === 'relative' ? `${durationText(now - at)} ago` : momentText(at, now, zone)
}
