import { useEffect, useMemo, useState, type ComponentProps } from 'react'
import { lazyCode } from '~/ui/lazy.ts'
import { SearchField } from '~/ui/SearchField.tsx'
import type { Rows } from './use-rows.ts'

const suggestions = lazyCode(() => import('./suggestions.ts'))

interface QueryFieldProps extends Pick<
  ComponentProps<typeof SearchField>,
  'value' | 'onChange' | 'onDown' | 'matching'
> {
  readonly rows: Rows
}

/** The filter of participants, with suggestions from what is there once their code is loaded, after the first rows. */
export function QueryField({ rows, ...search }: QueryFieldProps) {
  const [code, setCode] = useState<Awaited<ReturnType<typeof suggestions.preload>> | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => void suggestions.preload().then(setCode))
    return () => clearTimeout(timer)
  }, [])
  const suggest = useMemo(() => code?.suggestFrom(rows) ?? nothing, [code, rows])
  return <SearchField label="Filter participants" suggest={suggest} {...search} />
}

const nothing = () => []
