import { functionalUpdate, type RowSelectionState, type Updater } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import type { IdList } from '~/derive/id-list.ts'
import { choose, NOTHING_SELECTED, withoutIds, type Choice } from '~/derive/selection.ts'

/**
 * What a page has selected among the rows of a table, on the screen or not. A checkbox toggles its own row by
 * `onRowSelectionChange`, as TanStack Table has it; `choose` adds what the table cannot know: the rest of a range, and
 * all rows.
 */
export function useSelection() {
  const [{ ids }, setSelection] = useState(NOTHING_SELECTED)
  const count = useMemo(() => Object.keys(ids).length, [ids])
  return {
    ids,
    count,
    onRowSelectionChange: (updater: Updater<RowSelectionState>) =>
      setSelection((before) => ({ ...before, ids: functionalUpdate(updater, before.ids) })),
    /** `rows` are the ids of all rows in their order. */
    choose: (choice: Choice, rows: IdList) =>
      setSelection((before) => choose(before, rows, choice)),
    deselect: (rows: Parameters<typeof withoutIds>[1]) =>
      setSelection((before) => withoutIds(before, rows)),
    clear: () => setSelection(NOTHING_SELECTED),
  }
}
