import { useLayoutEffect, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { readLook } from '~/derive/look.ts'
import { linkProblems, mendedQuery } from '~/derive/view.ts'
import { overrideLook } from '~/pages/look.ts'

/** Shows what the link has set of the look. Returns what of the link is ignored, as sentences. */
export function useLinkLook(): readonly string[] {
  const [query] = useSearchParams()
  const { look, problems } = useMemo(() => {
    const mended = mendedQuery(query)
    const { look: found, problems: some } = readLook(mended)
    return { look: found, problems: [...some, ...linkProblems(mended)] }
  }, [query])
  // The look is a store outside of React: every time on the page is shown by it.
  useLayoutEffect(() => overrideLook(look), [look])
  useLayoutEffect(() => () => overrideLook({}), [])
  return problems
}
