import { suggestionsFor, type Suggestion } from '~/derive/query/suggest.ts'
import { valuesOf } from '~/derive/query/values.ts'
import type { Rows } from './use-rows.ts'

/** Suggestions for the filter, from the participants that are there. */
export const suggestFrom =
  ({ entries, sources, countOf }: Rows) =>
  (text: string, caret: number, isAll: boolean): readonly Suggestion[] =>
    suggestionsFor(text, caret, isAll, {
      valuesOf: (field) => valuesOf(field, entries(), sources),
      countOf,
    })
