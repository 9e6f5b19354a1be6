import { useMutationState } from '@tanstack/react-query'
import { useMemo } from 'react'

/** The key of every mutation that removes somebody; its variables hold the id. */
export const REMOVE = ['remove-participant']

/** The ids of participants whose removal was sent and not answered yet. */
export function useRequestedRemovals(): ReadonlySet<string> {
  const pending = useMutationState({
    filters: { mutationKey: REMOVE, status: 'pending' },
    select: ({ state }) => removalId(state.variables),
  })
  return useMemo(() => new Set(pending), [pending])
}

/** Whom a mutation removes, by its variables. */
export const removalId = (variables: unknown): string =>
  typeof variables === 'object' && variables !== null && 'id' in variables
    ? String(variables.id)
    : ''
