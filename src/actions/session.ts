import { focusManager, type QueryClient } from '@tanstack/react-query'
import { isInterruption } from '~/domain/session.ts'
import { end, sessionStore } from '~/wire/session.ts'
import { dropHeld } from './drop-held.ts'

/** Signs out, in all tabs of this account. The platform has no way to revoke a token (voipbin-api.md 2.1). */
export const signOut = (): void => end('by-choice')

/** Drops all held data after a sign-out in any tab, and reads again at once when an interrupted session is resumed. */
export function followSession(client: QueryClient): void {
  let before = sessionStore.get()
  sessionStore.subscribe(() => {
    const now = sessionStore.get()
    const isBack = now.session !== null && isInterruption(before.reason)
    before = now
    if (now.reason === 'by-choice') dropHeld(client)
    // A hidden tab reads when it becomes visible.
    else if (isBack && focusManager.isFocused()) void client.refetchQueries({ type: 'active' })
  })
}
