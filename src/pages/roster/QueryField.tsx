import { useMemo, type ComponentProps } from 'react'
import { suggestionsFor, type Suggestion } from '~/derive/query/suggest.ts'
import { valuesOf } from '~/derive/query/values.ts'
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
  const suggest = useMemo(() => suggestFrom(rows), [rows])
  return <SearchField label="Filter participants" suggest={suggest} {...search} />
}

/** Suggestions from the participants that are there. */
const suggestFrom =
  ({ entries, sources, countOf }: Rows) =>
  (text: string, caret: number, isAll: boolean): readonly Suggestion[] =>
    suggestionsFor(text, caret, isAll, {
      valuesOf: (field) => valuesOf(field, entries(), sources),
      countOf,
    })
