import { useSyncExternalStore } from 'react'
import { sessionStore, type SessionState } from '~/wire/session.ts'

/** Who is signed in, or why nobody is. */
export const useSessionState = (): SessionState =>
  useSyncExternalStore(sessionStore.subscribe, sessionStore.get)
