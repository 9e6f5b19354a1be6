import { createContext } from 'react'

/** This tab among those of its account. */
export interface Role {
  readonly leads: boolean
  readonly refresh?: () => void
}

/** Provided by the frame of all pages that need someone signed in. */
export const RoleContext = createContext<Role>({ leads: false })
