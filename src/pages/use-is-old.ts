import { usePoll } from '~/cache/live/poll.ts'
import { freshness } from '~/derive/freshness.ts'
import { useNowSelect } from '~/ui/now.ts'

/** Whether what is on the screen may no longer be so, and should look like it. */
export function useIsOld(): boolean {
  const poll = usePoll()
  return useNowSelect((now) => freshness({ ...poll, isWhole: true, now }).isOld)
}
