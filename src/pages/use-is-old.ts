import { usePoll } from '~/cache/live/poll.ts'
import { freshness } from '~/derive/freshness.ts'
import { useNowSelect } from '~/ui/now.ts'

/** Whether the data on the screen may be out of date, and is drawn so. */
export function useIsOld(): boolean {
  const poll = usePoll()
  return useNowSelect((now) => freshness({ ...poll, isWhole: true, now }).isOld)
}
