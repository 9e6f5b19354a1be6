import type { ComponentProps, ReactNode } from 'react'
import { useReach } from '~/cache/live/poll.ts'
import { shownCounts } from '~/derive/participant-rows.ts'
import { matcherOf } from '~/derive/query/match.ts'
import { withoutTerm } from '~/derive/query/parse.ts'
import type { Query } from '~/derive/query/terms.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import { toggleHidden, type ParticipantView } from '~/derive/view.ts'
import { Button } from '~/ui/Button.tsx'
import type { SearchField } from '~/ui/SearchField.tsx'
import { countText } from '~/util/count-text.ts'
import { CameBack } from './CameBack.tsx'
import { QueryField } from './QueryField.tsx'
import { QueryTerms } from './QueryTerms.tsx'
import { StatusFilter } from './StatusFilter.tsx'
import { ViewMenu } from './ViewMenu.tsx'
import type { RosterPage } from './use-rows.ts'

interface RosterToolbarProps extends RosterPage {
  /** How many of the rows the table draws. */
  readonly matching: number
  readonly isSelecting: boolean
  /** What the text of the view asks for. */
  readonly query: Query
  /** What the search field holds and does. */
  readonly search: Pick<ComponentProps<typeof SearchField>, 'value' | 'onChange' | 'onDown'>
  /** The controls of the selection. */
  readonly children: ReactNode
}

/** The bar above the table: filters, search, and the controls of the selection. */
export function RosterToolbar(props: RosterToolbarProps) {
  const { scope, rows, matching, isSelecting, view, query, search, changeView, children } = props
  const { conferenceId, conferences } = scope
  const isPartial = mayHaveMore(conferences.get(conferenceId ?? '') ?? null, useReach())
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-2 sm:pb-1">
      <StatusFilter
        counts={shownCounts(rows.byStatus)}
        isPartial={isPartial}
        isShown={shownBy(query, view)}
        onToggle={(status) => changeView(toggled(query, view, status, rows.byStatus.keys()))}
      />
      {conferenceId === null && (
        <Button
          aria-pressed={view.isGrouped}
          className="h-8 aria-pressed:bg-hover max-sm:hidden"
          onClick={() => changeView({ isGrouped: !view.isGrouped })}
        >
          By conference
        </Button>
      )}
      <div className="ml-auto flex w-full gap-1 sm:w-auto">
        <QueryField rows={rows} {...search} matching={matching} />
        <ViewMenu />
      </div>
      {/* Reserved height: what appears or disappears here moves no row. */}
      <div className="flex h-8 w-full items-center gap-x-2">
        {!isSelecting && rows.total > 0 && (
          <p className="leading-8 whitespace-nowrap text-muted">
            {matching} of {countText(rows.total, isPartial).said} shown
          </p>
        )}
        {rows.cameBack > 0 && (
          <CameBack
            count={rows.cameBack}
            isPartial={isPartial}
            query={query}
            onFilter={(text) => changeView({ text })}
          />
        )}
        <QueryTerms query={query} onChange={(text) => changeView({ text })} />
        {children}
      </div>
    </div>
  )
}

/** Whether a status is shown. */
const shownBy = (query: Query, { hidden }: ParticipantView): ((status: string) => boolean) =>
  matcherOf(query).passesStatus ?? ((status) => !hidden.includes(status))

/** The view with a status shown that was hidden, or the other way round; the query no longer asks for any. */
function toggled(
  query: Query,
  view: ParticipantView,
  status: string,
  occurring: Iterable<string>,
): Partial<ParticipantView> {
  const asked = query.terms.filter((term) => term.kind === 'field' && term.field === 'status')
  if (asked.length === 0) return { hidden: toggleHidden(view.hidden, status) }
  const isShown = shownBy(query, view)
  const all = new Set([...shownCounts(new Map()).keys(), ...occurring])
  const hidden = [...all].filter((one) => !isShown(one))
  const text = asked.toReversed().reduce(withoutTerm, view.text)
  return { text, hidden: toggleHidden(hidden, status) }
}
