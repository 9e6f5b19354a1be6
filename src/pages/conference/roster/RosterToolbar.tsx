import type { ComponentProps } from 'react'
import { shownCounts } from '~/derive/participant-rows.ts'
import { toggleHidden, type ParticipantView } from '~/derive/view.ts'
import { SearchField } from '~/ui/SearchField.tsx'
import { countText } from '~/util/count-text.ts'
import type { ChangeView } from '~/pages/use-view.ts'
import { CameBack } from './CameBack.tsx'
import { RosterBar, type RosterBarProps } from './RosterBar.tsx'
import { StatusFilter } from './StatusFilter.tsx'
import type { Rows } from './use-rows.ts'

interface RosterToolbarProps extends RosterBarProps {
  readonly rows: Rows
  /** How many of the rows the table draws. */
  readonly matching: number
  /** There may be more rows than are known. */
  readonly isPartial: boolean
  readonly view: ParticipantView
  /** What the search field holds and does. */
  readonly search: Omit<ComponentProps<typeof SearchField>, 'label' | 'matching'>
  readonly changeView: ChangeView<ParticipantView>
}

/** The bar above the table: filters, search, and the controls of the selection. */
export function RosterToolbar(props: RosterToolbarProps) {
  const { rows, matching, isPartial, view, search, changeView } = props
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-2 sm:pb-1">
      <StatusFilter
        counts={shownCounts(rows.byStatus)}
        isPartial={isPartial}
        hidden={view.hidden}
        onToggle={(status) => changeView({ hidden: toggleHidden(view.hidden, status) })}
      />
      <div className="ml-auto w-full sm:w-auto">
        <SearchField label="Filter participants" {...search} matching={matching} />
      </div>
      {/* Reserved height: what appears or disappears here moves no row. */}
      <div className="flex h-8 w-full items-center gap-x-2">
        {props.selected === 0 && rows.total > 0 && (
          <p className="leading-8 text-muted">
            {matching} of {countText(rows.total, isPartial).said} shown
          </p>
        )}
        {rows.cameBack > 0 && (
          <CameBack
            count={rows.cameBack}
            isPartial={isPartial}
            text={view.text}
            onFilter={(text) => changeView({ text })}
          />
        )}
        <RosterBar {...props} />
      </div>
    </div>
  )
}
