import { isPending, isRequested, wasSent, type ActionInput } from '~/domain/action.ts'
import type { MuteDirection } from '~/domain/call.ts'
import { canControl, type Control, type Verdict } from '~/domain/capability.ts'
import { isUnheard } from '~/domain/mute.ts'
import type { ParticipantRow } from './participant-rows.ts'

/** Whether this may be done to the participant of a row, as far as its records tell. */
export function controlVerdict(kind: Control, row: ParticipantRow): Verdict {
  const { participant, mute, caller, permission, muting, holding } = row
  const isAsked =
    kind === 'mute' || kind === 'unmute'
      ? isRequested(muting)
      : kind !== 'say' && isRequested(holding)
  const call = { mute, isOver: caller?.end !== undefined }
  return canControl(kind, participant, call, { permission, isAsked })
}

/** Why a participant that has left cannot be called back; undefined when it can. */
export const callBackReason = ({ caller }: ParticipantRow): string | undefined =>
  caller?.number ? undefined : 'The number is not known.'

/** The mute that is to be offered: its end where the record has one, or where a lost one may be in force. */
export const muteToOffer = ({ mute }: ParticipantRow): 'mute' | 'unmute' =>
  mute && (mute.direction !== '' || mute.overwritten !== undefined) ? 'unmute' : 'mute'

/** Since when a participant is on hold by this tab; null when it is not, as far as this tab knows. */
export function heldSince({ holding }: ParticipantRow): number | null {
  const isHeld = holding?.kind === 'hold' && wasSent(holding) && holding.goneAt !== null
  return isHeld ? holding.goneAt : null
}

/** A state in a word or two, and the sentence that explains it. */
export interface ControlNote {
  readonly word: string
  readonly title: string
  /** It was requested and is not in the record yet. */
  readonly isPending: boolean
}

const MUTED: Readonly<Record<MuteDirection, readonly [word: string, title: string]>> = {
  in: ['muted', 'The others do not hear this caller.'],
  out: ['hears nothing', 'This caller hears nothing, and is heard.'],
  both: ['muted both ways', 'The others do not hear this caller, who hears nothing either.'],
}

/** How the call is muted, by its record; undefined where there is nothing to say. */
export function muteNote(row: ParticipantRow): ControlNote | undefined {
  const { mute, muting } = row
  const [word = '', title = ''] = mute?.direction ? MUTED[mute.direction] : []
  if (muting && isPending(muting)) {
    const isMute = muting.kind === 'mute'
    return {
      word: isMute ? 'muting…' : 'unmuting…',
      title: `Requested, not confirmed. ${title || 'The record of the call has no mute.'}`,
      isPending: true,
    }
  }
  const lost = mute?.overwritten && lostText(mute.overwritten)
  if (word === '' && !lost) return undefined
  return {
    word: word || 'perhaps muted',
    title: [title && `${title} The record of the call says so (${mute?.direction}).`, lost]
      .filter(Boolean)
      .join(' '),
    isPending: false,
  }
}

const lostText = (direction: MuteDirection): string =>
  `A mute (${direction}) was overwritten by a later one and may still be in force. Unmute ends both.`

/** What this tab knows of a hold; undefined where there is nothing to say. */
export function holdNote(
  row: ParticipantRow,
  timeOf: (at: number) => string,
): ControlNote | undefined {
  const { holding } = row
  if (holding && isPending(holding)) {
    return {
      word: holding.kind === 'hold' ? 'going on hold…' : 'coming off hold…',
      title: 'Requested, not confirmed.',
      isPending: true,
    }
  }
  const since = heldSince(row)
  return since === null
    ? undefined
    : {
        word: 'on hold',
        title: `Music was started from here at ${timeOf(since)}. The platform does not tell whether it still plays, and this tab forgets it when it is closed.`,
        isPending: false,
      }
}

/** What the end of a hold needs: it unmutes the call only if the hold had muted it. */
export const unholdInput = ({ holding }: ParticipantRow): ActionInput => ({
  unmutes: holding?.kind === 'hold' && holding.input?.unmutes === true,
})

/** What many of these participants come to when all are muted or unmuted. */
export interface ControlPlan {
  readonly allowed: readonly ParticipantRow[]
  /** Those left out, with the reason why. */
  readonly refused: ReadonlyArray<{ readonly row: ParticipantRow; readonly reason: string }>
}

/** Sorts rows by whether this may be done to them now. */
export function controlPlan(kind: Control, rows: readonly ParticipantRow[]): ControlPlan {
  const allowed: ParticipantRow[] = []
  const refused: Array<{ row: ParticipantRow; reason: string }> = []
  for (const row of rows) {
    const verdict = controlVerdict(kind, row)
    const isMuted = kind === 'mute' && row.mute !== undefined && isUnheard(row.mute.direction)
    if (!verdict.allowed) refused.push({ row, reason: verdict.reason })
    else if (isMuted) refused.push({ row, reason: 'Is already muted.' })
    else allowed.push(row)
  }
  return { allowed, refused }
}
