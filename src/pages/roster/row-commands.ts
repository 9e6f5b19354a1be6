import { callBackReason, controlVerdict, heldSince, muteToOffer } from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { formatValue } from '~/derive/query/parse.ts'
import { callerName } from '~/domain/call.ts'
import { reasonOf, type Control } from '~/domain/capability.ts'
import { isGone } from '~/domain/participant.ts'
import { conferencePath, participantPath } from '~/paths.ts'
import type { RowActions } from '~/table/participants/row-actions.ts'
import type { Command } from '~/ui/commands.ts'

/** What the commands of a row work with. */
export interface RowTools {
  readonly actions: RowActions
  readonly panelOf: (id: string) => string
  /** Opens a path or a query string of the app. */
  readonly go: (to: string) => void
  readonly copy: (text: string, what: string) => void
  readonly copyForTicket: (row: ParticipantRow) => void
  readonly filterBy: (text: string) => void
  /** The page shows participants of several conferences. */
  readonly isAcross: boolean
  readonly isSelected: (id: string) => boolean
  readonly select: (id: string, isOn: boolean) => void
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
  const { actions, go, select } = tools
  const { id } = row
  const isSelected = tools.isSelected(id)
  const command = (name: string, title: string, run: () => void, more: Partial<Command> = {}) => ({
    id: `row-${name}`,
    group: row.fullLabel,
    title,
    run,
    ...more,
  })
  return [
    command('open', 'Open details', () => go(tools.panelOf(id)), { keys: ['Enter'] }),
    command('select', isSelected ? 'Deselect' : 'Select', () => select(id, !isSelected), {
      keys: ['x'],
    }),
    command('remove', 'Remove…', () => actions.askRemoval(row), {
      keys: ['Delete', 'Backspace'],
      reason: reasonOf(actions.mayNow(row.removal)),
    }),
    ...controlCommands(row, actions, isAimed).map(([name, title, run, more]) =>
      command(name, title, run, more),
    ),
    command('hang-up', 'Hang up the call…', () => actions.askHangUp(row), {
      reason: reasonOf(actions.mayNow(row.hangUpVerdict)),
    }),
    command('ticket', 'Copy for ticket…', () => tools.copyForTicket(row), { keys: ['c'] }),
    ...copyCommands(row).map(([name, title, text]) =>
      command(name, title, () => tools.copy(text, title)),
    ),
    ...placeCommands(row, tools).map(([name, title, run]) => command(name, title, run)),
  ]
}

type Offered = readonly [name: string, title: string, run: () => void, more: Partial<Command>]

/** What can be done to the call, or once it has left. */
function controlCommands(
  row: ParticipantRow,
  actions: RowActions,
  isAimed: boolean,
): readonly Offered[] {
  if (isGone(row.participant)) {
    const reason = callBackReason(row)
    return [['call-back', 'Call back…', () => actions.askCallBack(row), { reason }]]
  }
  const whyNot = (kind: Control) => reasonOf(actions.mayNow(controlVerdict(kind, row)))
  const mute = muteToOffer(row)
  const offered: Offered[] = [
    [
      'mute',
      mute === 'mute' ? 'Mute' : 'Unmute',
      () => actions.control(mute, row),
      { keys: isAimed ? ['m'] : [], isDirect: true, reason: whyNot(mute) },
    ],
  ]
  if (heldSince(row) === null) {
    const title = 'Hold: music, and muted'
    offered.push(['hold', title, () => actions.control('hold', row), { reason: whyNot('hold') }])
  }
  offered.push(
    [
      'unhold',
      heldSince(row) === null ? 'End hold, if set elsewhere' : 'End hold',
      () => actions.control('unhold', row),
      { reason: whyNot('unhold') },
    ],
    ['say', 'Say a text…', () => actions.askSay(row), { reason: whyNot('say') }],
  )
  return offered
}

type Copied = readonly [name: string, title: string, text: string]

function copyCommands({ id, caller, participant }: ParticipantRow) {
  const { referenceId, conferenceId } = participant
  const all: ReadonlyArray<Copied | null> = [
    caller && callerName(caller) ? ['copy-name', 'Copy name', callerName(caller)] : null,
    caller?.number ? ['copy-number', 'Copy number', caller.number] : null,
    [
      'copy-link',
      'Copy link',
      new URL(participantPath(conferenceId ?? '', id), location.origin).href,
    ],
    ['copy-id', 'Copy participant id', id],
    referenceId === null ? null : ['copy-call', 'Copy call id', referenceId],
  ]
  return all.flatMap((one) => (one ? [one] : []))
}

type Placed = readonly [name: string, title: string, run: () => void]

function placeCommands(
  { caller, participant }: ParticipantRow,
  { go, filterBy, isAcross }: RowTools,
): readonly Placed[] {
  const { conferenceId } = participant
  const { number } = caller ?? { number: '' }
  const all: ReadonlyArray<Placed | null> = [
    number
      ? ['filter-number', 'Show only this number', () => filterBy(`number:${formatValue(number)}`)]
      : null,
    isAcross && conferenceId
      ? ['conference', 'Open the conference', () => go(conferencePath(conferenceId))]
      : null,
  ]
  return all.flatMap((one) => (one ? [one] : []))
}
