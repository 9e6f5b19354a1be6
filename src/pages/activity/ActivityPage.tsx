import { Download, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useActivity } from '~/cache/activity/activity.ts'
import { useConfig } from '~/use-config.ts'
import {
  activityCsv,
  activityFileName,
  activityRow,
  countByResult,
  viewActivity,
  type ActivityRow,
} from '~/derive/activity-rows.ts'
import {
  ACTIVITY_COLUMNS,
  readActivityView,
  writeActivityView,
  type ActivityView,
} from '~/derive/activity-view.ts'
import { RESULT_NAME } from '~/derive/outcome-traits.ts'
import { activityColumns, activityFolding, RESULT_TONE } from '~/table/activity/columns.tsx'
import { DataTable } from '~/table/DataTable.tsx'
import { Button } from '~/ui/Button.tsx'
import { CountToggle } from '~/ui/CountToggle.tsx'
import { saveFile } from '~/ui/save-file.ts'
import { Screen } from '~/ui/Screen.tsx'
import { SearchField } from '~/ui/SearchField.tsx'
import { PageHeading } from '../PageHeading.tsx'
import { useOutcomes } from '../use-outcomes.ts'
import { useListView } from '../use-view.ts'
import { ClearDialog } from './ClearDialog.tsx'

const ADDRESS = { read: readActivityView, write: writeActivityView, columns: ACTIVITY_COLUMNS }

/** What was done from this browser: when, by which account, about which target, why, and what became of it. */
export function ActivityPage() {
  const { title } = useConfig()
  const { view, changeView, search, sorting, onSortingChange } = useListView(ADDRESS)
  const { actions, isKept } = useActivity()
  const { of } = useOutcomes()
  const rows = useMemo(
    () => [...actions.values()].map((action) => activityRow(action, of(action))),
    [actions, of],
  )
  const shown = useMemo(() => viewActivity(rows, view), [rows, view])
  return (
    <>
      <title>{`Activity · ${title}`}</title>
      <div className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
        <PageHeading>Activity</PageHeading>
        <span className="text-muted">
          {shown.length === rows.length ? rows.length : `${shown.length} of ${rows.length}`}
        </span>
        <Tools rows={rows} shown={shown} />
      </div>
      {isKept === false && (
        <p role="status" className="px-4 pb-2 text-leaving">
          This browser forbids storage: kept only until the last tab is closed.
        </p>
      )}
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 pb-2">
        <Results rows={rows} view={view} onChange={(hidden) => changeView({ hidden })} />
        <div className="ml-auto w-full sm:w-auto">
          <SearchField label="Filter activity" {...search} matching={shown.length} />
        </div>
      </div>
      {shown.length > 0 ? (
        <DataTable
          label="Activity"
          columns={activityColumns}
          folding={activityFolding}
          rows={shown}
          state={{ sorting }}
          onSortingChange={onSortingChange}
        />
      ) : (
        <NoRows
          isFiltered={rows.length > 0}
          isKnown={isKept !== null}
          onClear={() => changeView({ text: '', hidden: [] })}
        />
      )}
    </>
  )
}

function Tools({ rows, shown }: Record<'rows' | 'shown', readonly ActivityRow[]>) {
  const [isClearing, setClearing] = useState(false)
  const save = () => {
    saveFile(activityFileName(Date.now()), [activityCsv(shown)], 'text/csv;charset=utf-8')
  }
  return (
    <div className="ml-auto flex gap-2">
      <Button
        disabledReason={shown.length === 0 ? 'No row is shown that could be exported.' : undefined}
        onClick={save}
      >
        <Download />
        Export CSV
      </Button>
      <Button
        disabledReason={rows.length === 0 ? 'There is nothing to clear.' : undefined}
        onClick={() => setClearing(true)}
      >
        <Trash2 />
        Clear activity
      </Button>
      {isClearing && <ClearDialog onClose={() => setClearing(false)} />}
    </div>
  )
}

interface ResultsProps {
  readonly rows: readonly ActivityRow[]
  readonly view: ActivityView
  readonly onChange: (hidden: ActivityView['hidden']) => void
}

function Results({ rows, view: { hidden }, onChange }: ResultsProps) {
  const counts = useMemo(() => countByResult(rows), [rows])
  return (
    <fieldset aria-label="Result" className="flex flex-wrap gap-1.5">
      {[...counts].map(([result, count]) => {
        const isShown = !hidden.includes(result)
        return (
          <CountToggle
            key={result}
            name={RESULT_NAME[result]}
            tone={RESULT_TONE[result]}
            count={count}
            isShown={isShown}
            onToggle={() =>
              onChange(isShown ? [...hidden, result] : hidden.filter((one) => one !== result))
            }
          />
        )
      })}
    </fieldset>
  )
}

interface NoRowsProps {
  readonly isFiltered: boolean
  readonly isKnown: boolean
  readonly onClear: () => void
}

function NoRows({ isFiltered, isKnown, onClear }: NoRowsProps) {
  if (isFiltered) {
    return (
      <Screen title="Nothing matches" actions={<Button onClick={onClear}>Clear the filter</Button>}>
        Every word you type must appear in a row, and its result must be switched on.
      </Screen>
    )
  }
  if (!isKnown) return <Screen title="Reading what was kept…" />
  return (
    <Screen title="No activity in this browser yet">
      Your removals and their results appear here. They are kept in this browser for 90 days, and
      nowhere else.
    </Screen>
  )
}
