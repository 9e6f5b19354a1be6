import { MOST_IN_TICKET } from '~/derive/most-in-ticket.ts'
import type { ParticipantColumn, ParticipantView } from '~/derive/view.ts'
import { useCommands, type Command } from '~/ui/commands.ts'
import { copyText } from '~/ui/copy.ts'
import { zoneName } from '~/util/time-text.ts'
import { useZone } from '~/ui/zone.ts'
import type { ChangeView } from '~/pages/use-view.ts'
import type { Question, Questions } from './questions.ts'
import { conferenceLabelIn } from './RosterDialogs.tsx'
import { useExport } from './use-export.ts'
import type { RosterScope, Rows } from './use-rows.ts'
import type { IdList } from '~/derive/id-list.ts'

interface ViewCommandsOptions {
  readonly scope: RosterScope
  readonly view: ParticipantView
  readonly changeView: ChangeView<ParticipantView>
  readonly rows: Rows
  /** Ids of the rows shown, in their order. */
  readonly shown: IdList
  /** The columns shown, in their order. */
  readonly columns: readonly ParticipantColumn[]
  readonly questions: Pick<Questions, 'open'>
}

/** Offers what can be done with the view as a whole. */
export function useViewCommands(options: ViewCommandsOptions): void {
  const { scope, view, changeView, rows, shown, columns, questions } = options
  const zone = useZone()
  const exportRows = useExport(shown, rows)
  const save = (format: 'csv' | 'json') =>
    void exportRows({
      format,
      columns,
      zone,
      zoneName: zoneName(zone, Date.now()),
      conferenceOf: (id) => conferenceLabelIn(scope, id),
    })
  const reason = shown.length === 0 ? 'No row is shown.' : undefined
  useCommands(() => [
    command('ticket', 'Copy for ticket…', () => questions.open(ticketFor(shown, rows)), {
      reason,
    }),
    command('csv', 'Export as CSV', () => save('csv'), { keys: ['e'], reason }),
    command('json', 'Export as JSON', () => save('json'), { reason }),
    command('link', 'Copy link to this view', () => void copyText(location.href, 'Link')),
    ...(scope.conferenceId === null
      ? [
          command('group', view.isGrouped ? 'Show as one list' : 'Group by conference', () =>
            changeView({ isGrouped: !view.isGrouped }),
          ),
        ]
      : []),
  ])
}

/** Rows for those that a ticket lists: of 100,000 all would take long. */
const ticketFor = (ids: IdList, { rowOf }: Rows): Question => ({
  kind: 'ticket',
  rows: ids.slice(0, MOST_IN_TICKET).flatMap((id) => rowOf(id) ?? []),
  total: ids.length,
})

const command = (
  id: string,
  title: string,
  run: () => void,
  more: Partial<Command> = {},
): Command => ({ id: `view-${id}`, group: 'This view', title, run, ...more })
