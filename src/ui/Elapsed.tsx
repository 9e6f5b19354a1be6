import { durationText, localText } from '~/util/time-text.ts'
import { useServerNowSelect } from './now.ts'

/** How long ago something was, ticking. `at` in milliseconds. */
export function Elapsed({ at }: { at: number }) {
  const text = useServerNowSelect((now) => durationText(now - at))
  return (
    <time dateTime={new Date(at).toISOString()} title={localText(at)}>
      {text}
    </time>
  )
}
