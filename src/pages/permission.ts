import { usePoll } from '~/cache/live/poll.ts'
import { useSessionState } from '~/cache/live/session.ts'
import { whileOffline, type Permission, type Verdict } from '~/domain/capability.ts'

/** The permission of the account that is signed in; null where that is not known. */
export const usePermission = (): Permission => useSessionState().session?.permission ?? null

const asItIs = (verdict: Verdict): Verdict => verdict

/** Makes a verdict what it is now: nothing is allowed while the browser is offline. */
export const useMayNow = (): ((verdict: Verdict) => Verdict) =>
  usePoll().isOnline ? asItIs : whileOffline
