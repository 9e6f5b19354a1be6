import type { RosterStore } from './store.ts'

/** How many participants have changed since the start, each counted once. */
export interface ChangeCounter {
  readonly count: () => number
  readonly stop: () => void
}

/** Counts the participants that change from now on. */
export function countChanges(roster: RosterStore): ChangeCounter {
  const changed = new Set<string>()
  const stop = roster.subscribe(({ entries }) => {
    for (const { id } of entries) changed.add(id)
  })
  return { count: () => changed.size, stop }
}
