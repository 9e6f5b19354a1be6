import { useMemo, type ComponentProps } from 'react'
import { suggestionsFor } from '~/derive/query/suggest.ts'
import { SearchField } from '~/ui/SearchField.tsx'
import type { Rows } from './use-rows.ts'

interface QueryFieldProps extends Pick<
  ComponentProps<typeof SearchField>,
  'value' | 'onChange' | 'onDown' | 'matching'
> {
  readonly rows: Rows
}

/** The filter of participants, with suggestions from what is there. */
export function QueryField({ rows, ...search }: QueryFieldProps) {
  const suggest = useMemo(
    () => (text: string, caret: number, isAll: boolean) => suggestionsFor(text, caret, isAll, rows),
    [rows],
  )
  return <SearchField label="Filter participants" suggest={suggest} {...search} />
}
