import { useSyncExternalStore } from 'react'
import { isInterruption, type Session } from '~/domain/session.ts'
import {
  currentAccount,
  currentOwner,
  currentSessionScope,
  sessionStore,
  type SessionState,
} from '~/wire/session.ts'

/** The session, or why there is none. */
export const useSessionState = (): SessionState =>
  useSyncExternalStore(sessionStore.subscribe, sessionStore.get)

/** The session this tab works for: signed in, or interrupted and expected back. */
export const useOwner = (): Session | null =>
  useSyncExternalStore(sessionStore.subscribe, currentOwner)

/** The account at work here, as `accountOf`; empty when there is none. */
export const useAccount = (): string => useSyncExternalStore(sessionStore.subscribe, currentAccount)

/**
 * Does something until the session is interrupted, and anew once the same account is back.
 *
 * @param begin returns what ends it
 * @returns stops for good
 */
export function unlessInterrupted(begin: () => () => void): () => void {
  const sessionScope = currentSessionScope()
  let end: (() => void) | null = null
  const leave = (): void => {
    end?.()
    end = null
  }
  const update = (): void => {
    if (sessionScope.aborted || isInterruption(sessionStore.get().reason)) leave()
    else end ??= begin()
  }
  const stop = sessionStore.subscribe(update)
  update()
  return () => {
    stop()
    leave()
  }
}
