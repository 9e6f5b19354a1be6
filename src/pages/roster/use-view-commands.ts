import { use } from 'react'
import type { IdList } from '~/derive/id-list.ts'
import { MOST_IN_TICKET } from '~/derive/most-in-ticket.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { useCommands, type Command } from '~/ui/commands.ts'
import { copyText } from '~/ui/copy.ts'
import { useZone } from '~/ui/zone.ts'
import { zoneName } from '~/util/time-text.ts'
import type { Question } from './questions.ts'
import type { RosterParts } from './RosterCommands.tsx'
import { useColumns } from './use-columns.ts'
import { useExport } from './use-export.ts'
import type { Rows } from './use-rows.ts'

/** Offers what can be done with the view as a whole. */
export function useViewCommands(parts: RosterParts): void {
  const { scope, view, changeView, rows, drawn, questions } = parts
  const isAcross = scope.conferenceId === null
  const { conferenceOf } = use(RowActionsContext)
  const { shown: columns } = useColumns(isAcross && !view.isGrouped)
  const zone = useZone()
  const exportRows = useExport(drawn, rows)
  const save = (format: 'csv' | 'json') =>
    void exportRows({ format, columns, zone, zoneName: zoneName(zone, Date.now()), conferenceOf })
  const reason = drawn.length === 0 ? 'No row is shown.' : undefined
  useCommands(() => [
    command('ticket', 'Copy for ticket…', () => questions.open(ticketFor(drawn, rows)), {
      reason,
    }),
    command('csv', 'Export as CSV', () => save('csv'), { keys: ['e'], reason }),
    command('json', 'Export as JSON', () => save('json'), { reason }),
    command('link', 'Copy link to this view', () => void copyText(location.href, 'Link')),
    ...(isAcross
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
