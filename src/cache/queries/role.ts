import { createContext } from 'react'
import { pause } from '~/util/pause.ts'

/** The role of this tab among the tabs of its account. */
export interface Role {
  readonly leads: boolean
  readonly refresh?: () => void
}

/** Provided by the layout of all pages that need a session. */
export const RoleContext = createContext<Role>({ leads: false })

/** Milliseconds. */
const FOLLOWING_DELAY = 1000

/** Lets the leader read and broadcast first: a tab that follows waits for one to three seconds. */
export async function leaderFirst(leads: boolean, signal: AbortSignal): Promise<void> {
  if (!leads) await pause(FOLLOWING_DELAY * (1 + 2 * Math.random()), signal)
}
