import { useMemo } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useCallers } from '~/cache/roster/callers.ts'
import { useRoster } from '~/cache/live/poll.ts'
import { useSessionState } from '~/cache/live/session.ts'
import {
  askedOf,
  inConference,
  participantRow,
  type ParticipantRow,
} from '~/derive/participant-rows.ts'
import type { Conference } from '~/domain/conference.ts'
import { useInsight } from './use-insight.ts'

/** The rows of everyone; callers are asked for only where a name would be seen. */
export function useRows(
  conferenceId: string,
  conference: Conference | undefined,
  hidden: readonly string[],
  openId: string | null,
): readonly ParticipantRow[] {
  const { held } = useRoster()
  const { actions } = useActivity()
  const permission = useSessionState().session?.permission ?? null
  const asked = useMemo(() => askedOf(actions, permission), [actions, permission])
  const here = useMemo(() => inConference(held, conferenceId), [held, conferenceId])
  const callers = useCallers(
    here.flatMap(({ participant: { id, status, referenceId, createdAt } }) =>
      referenceId !== null && (id === openId || !hidden.includes(status))
        ? [{ callId: referenceId, createdAt }]
        : [],
    ),
  )
  const insight = useInsight(conferenceId, conference)
  return useMemo(
    () => here.map((one) => participantRow(one, callers, asked, insight)),
    [here, callers, asked, insight],
  )
}
