import { callBackReason, controlVerdict, heldSince, muteToOffer } from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { formatValue } from '~/derive/query/parse.ts'
import { callerName } from '~/domain/call.ts'
import { reasonOf, type Control } from '~/domain/capability.ts'
import { isGone } from '~/domain/participant.ts'
import { conferencePath, participantPath } from '~/paths.ts'
import type { RowActions } from '~/table/participants/row-actions.ts'
import type { Command } from '~/ui/commands.ts'
import { copyText } from '~/ui/copy.ts'
import type { RosterParts } from './RosterCommands.tsx'

/** What the commands of a row work with. */
export interface RowTools extends RosterParts {
  readonly actions: RowActions
  readonly panelOf: (id: string) => string
  /** Opens a path or a query string of the app. */
  readonly go: (to: string) => void
}

/**
 * Everything that can be done to one participant, by name; the first of each list of keys is shown.
 *
 * @param isAimed the row has the focus: else no key acts without a question
 */
export function rowCommands(
  row: ParticipantRow,
  tools: RowTools,
  isAimed = true,
): readonly Command[] {
  const { scope, actions, go, selection, drawn, questions, changeView } = tools
  const { id, caller } = row
  const { conferenceId } = row.participant
  const number = caller?.number ?? ''
  const isSelected = selection.ids[id] === true
  const command = commandAbout(row)
  return [
    command('open', 'Open details', () => go(tools.panelOf(id)), { keys: ['Enter'] }),
    command(
      'select',
      isSelected ? 'Deselect' : 'Select',
      () => selection.choose({ id, isOn: !isSelected, isRange: false }, drawn),
      { keys: ['x'] },
    ),
    command('remove', 'Remove…', () => actions.askRemoval(row), {
      keys: ['Delete', 'Backspace'],
      reason: reasonOf(actions.mayNow(row.removal)),
    }),
    ...controlCommands(row, actions, isAimed),
    command('hang-up', 'Hang up the call…', () => actions.askHangUp(row), {
      reason: reasonOf(actions.mayNow(row.hangUpVerdict)),
    }),
    command(
      'ticket',
      'Copy for ticket…',
      () => questions.open({ kind: 'ticket', rows: [row], total: 1 }),
      { keys: ['c'] },
    ),
    ...copyCommands(row),
    ...(number === ''
      ? []
      : [
          command('filter-number', 'Show only this number', () =>
            changeView({ text: `number:${formatValue(number)}` }),
          ),
        ]),
    ...(scope.conferenceId === null && conferenceId
      ? [command('conference', 'Open the conference', () => go(conferencePath(conferenceId)))]
      : []),
  ]
}

const commandAbout =
  ({ fullLabel }: ParticipantRow) =>
  (name: string, title: string, run: () => void, more: Partial<Command> = {}): Command => ({
    id: `row-${name}`,
    group: fullLabel,
    title,
    run,
    ...more,
  })

/** What can be done to the call, or once it has left. */
function controlCommands(
  row: ParticipantRow,
  actions: RowActions,
  isAimed: boolean,
): readonly Command[] {
  const command = commandAbout(row)
  if (isGone(row.participant)) {
    const reason = callBackReason(row)
    return [command('call-back', 'Call back…', () => actions.askCallBack(row), { reason })]
  }
  const whyNot = (kind: Control) => ({
    reason: reasonOf(actions.mayNow(controlVerdict(kind, row))),
  })
  const mute = muteToOffer(row)
  const hold = () => actions.control('hold', row)
  const unhold = () => actions.control('unhold', row)
  return [
    command('mute', mute === 'mute' ? 'Mute' : 'Unmute', () => actions.control(mute, row), {
      keys: isAimed ? ['m'] : [],
      isDirect: true,
      ...whyNot(mute),
    }),
    ...(heldSince(row) === null
      ? [
          command('hold', 'Hold: music, and muted', hold, whyNot('hold')),
          command('unhold', 'End hold, if set elsewhere', unhold, whyNot('unhold')),
        ]
      : [command('unhold', 'End hold', unhold, whyNot('unhold'))]),
    command('say', 'Say a text…', () => actions.askSay(row), whyNot('say')),
  ]
}

function copyCommands(row: ParticipantRow): readonly Command[] {
  const { id, caller, participant } = row
  const command = commandAbout(row)
  const copied: ReadonlyArray<readonly [name: string, title: string, text: string]> = [
    ['copy-name', 'Copy name', caller ? callerName(caller) : ''],
    ['copy-number', 'Copy number', caller?.number ?? ''],
    ['copy-link', 'Copy link', participantLink(row)],
    ['copy-id', 'Copy participant id', id],
    ['copy-call', 'Copy call id', participant.referenceId ?? ''],
  ]
  return copied
    .filter(([, , text]) => text !== '')
    .map(([name, title, text]) => command(name, title, () => void copyText(text, title)))
}

/** The whole address of a participant's panel, to be sent to others. */
export const participantLink = ({ id, participant: { conferenceId } }: ParticipantRow): string =>
  new URL(participantPath(conferenceId ?? '', id), location.origin).href
