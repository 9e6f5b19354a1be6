import { durationText, localText } from '~/util/time-text.ts'
import { useNowSelect } from './now.ts'

/** How long ago something was, ticking. `at` in milliseconds. */
export function Elapsed({ at }: { at: number }) {
  const text = useNowSelect((now) => durationText(now - at))
  return (
    <time dateTime={new Date(at).toISOString()} title={localText(at)}>
      {text}
    </time>
  )
}
