import { lazy } from './lazy.ts'

/** The menu of actions; loaded once for all that open one. */
export const ActionMenu = lazy(async () => (await import('./ActionMenu.tsx')).ActionMenu)
