import type { QueryClient } from '@tanstack/react-query'
import { end, restoreSession, sessionStore } from '~/wire/session.ts'

/** Signs out, in all tabs of this account. The platform has no way to revoke a token (voipbin-api.md 2.1). */
export const signOut = (): void => end('by-choice')

/**
 * Goes on with the session that a reload of this tab interrupted or another tab hands over, if there is one.
 * From then on what was read is dropped whenever somebody signs out, here or in another tab.
 */
export function resumeSession(client: QueryClient): Promise<void> {
  sessionStore.subscribe(() => {
    if (sessionStore.get().reason === 'by-choice') client.clear()
  })
  return restoreSession()
}
