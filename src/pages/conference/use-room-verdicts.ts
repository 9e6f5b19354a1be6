import { useActivity } from '~/cache/activity/activity.ts'
import { isRequested, latestBy, type ActionKind } from '~/domain/action.ts'
import { refused, type Actor, type Verdict } from '~/domain/capability.ts'
import { canControlRoom, canEnd, canRecord, canStopRecording } from '~/domain/capability-room.ts'
import type { Conference } from '~/domain/conference.ts'
import { useMayNow, usePermission } from '~/pages/permission.ts'
import type { NamedRecording } from './use-recording.ts'

/** What may be done to a conference now. */
export type RoomVerdicts = Readonly<
  Record<'end' | 'record' | 'stop-recording' | 'edit' | 'new-link' | 'dial', Verdict>
>

const UNREAD = refused('Whether it is being recorded is not known yet.')

/** What may be done to a conference now, with reasons: by its records, the account, and what is under way from here. */
export function useRoomVerdicts(
  id: string,
  conference: Conference | undefined,
  { recording }: Pick<NamedRecording, 'recording'>,
): RoomVerdicts {
  const { actions } = useActivity()
  const permission = usePermission()
  const mayNow = useMayNow()
  const judge = (kind: ActionKind, of: (actor: Actor) => Verdict): Verdict => {
    const isUnderWay = isRequested(latestBy(actions.values(), [kind]).get(id))
    return mayNow(of({ permission, isAsked: isUnderWay }))
  }
  const known = (verdict: Verdict): Verdict =>
    verdict.allowed && recording === undefined ? UNREAD : verdict
  return {
    end: judge('end', (actor) => canEnd(conference, actor)),
    record: known(judge('record', (actor) => canRecord(conference, recording, actor))),
    'stop-recording': known(
      judge('stop-recording', (actor) => canStopRecording(conference, recording, actor)),
    ),
    edit: judge('edit', (actor) => canControlRoom('edit', conference, actor)),
    'new-link': judge('new-link', (actor) => canControlRoom('new-link', conference, actor)),
    // Several calls may be placed one after the other.
    dial: judge('dial', (actor) =>
      canControlRoom('dial', conference, { ...actor, isAsked: false }),
    ),
  }
}
