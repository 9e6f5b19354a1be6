import { X } from 'lucide-react'
import { formatTerm, withoutTerm } from '~/derive/query/parse.ts'
import type { Query } from '~/derive/query/terms.ts'
import { visibleText } from '~/util/visible-text.ts'
import { useLinkLook } from './use-link-look.ts'

interface QueryTermsProps {
  readonly query: Query
  readonly onChange: (text: string) => void
}

/** The fields and flags of a query as chips that can be taken out, and what of it and of the link is ignored. */
export function QueryTerms({ query, onChange }: QueryTermsProps) {
  const { text, terms } = query
  const problems = [...query.problems, ...useLinkLook()]
  const chips = terms.filter(({ kind }) => kind === 'field' || kind === 'flag')
  return (
    <>
      {chips.length > 0 && (
        <ul
          aria-label="Conditions"
          className="flex max-w-[60%] shrink-0 gap-1 overflow-x-auto [scrollbar-width:none]"
        >
          {chips.map((term) => {
            const name = visibleText(formatTerm(term))
            return (
              <li key={term.start}>
                <button
                  type="button"
                  aria-label={`Remove condition ${name}`}
                  title={`Remove condition ${name}`}
                  onClick={() => onChange(withoutTerm(text, term))}
                  className="inline-flex h-6 max-w-56 items-center gap-1 rounded border border-edge bg-raised px-1.5 hover:bg-hover"
                >
                  <bdi className="truncate font-mono text-xs">{name}</bdi>
                  <X className="size-3" />
                </button>
              </li>
            )
          })}
        </ul>
      )}
      {problems.length > 0 && (
        <p
          role="status"
          title={problems.map(visibleText).join('\n')}
          className="min-w-0 truncate text-leaving"
        >
          {problems.map(visibleText).join(' ')}
        </p>
      )}
    </>
  )
}
