import { createContext } from 'react'

/** The role of this tab among the tabs of its account. */
export interface Role {
  readonly leads: boolean
  readonly refresh?: () => void
}

/** Provided by the layout of all pages that need a session. */
export const RoleContext = createContext<Role>({ leads: false })
