import { useMemo } from 'react'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { inTransit } from '~/derive/in-transit.ts'
import { isStuck, type Participant } from '~/domain/participant.ts'
import { useServerNowSelect } from '~/ui/now.ts'

/** The participants that are stuck, those for longest first. */
export function useStuck(): readonly Participant[] {
  const roster = useRoster()
  const { version } = roster
  // The roster is the same object whatever it holds, and the page is rendered at each key of its filter, too.
  // oxlint-disable-next-line react/exhaustive-deps -- the version stands for what it holds
  const some = useMemo(() => inTransit(roster), [roster, version])
  const ids = useServerNowSelect((now) =>
    some
      .filter((one) => isStuck(one, now))
      .map(({ id }) => id)
      .join(' '),
  )
  return useMemo(
    () =>
      ids
        .split(' ')
        .filter(Boolean)
        .flatMap((id) => roster.get(id)?.participant ?? []),
    [roster, ids],
  )
}
