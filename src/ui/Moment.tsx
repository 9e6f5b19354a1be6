import { localText, momentText, utcText } from '~/util/time-text.ts'
import { useNowSelect } from './now.ts'
import { currentZone } from './zone.ts'

/** A moment in the chosen zone, with the date unless it is today. `at` in milliseconds; null is "not yet". */
export function Moment({ at }: { at: number | null }) {
  const text = useNowSelect((now) => (at === null ? '' : momentText(at, now, currentZone())))
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
