import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { signOut } from '~/actions/session.ts'
import { currentActivity } from '~/cache/activity/activity.ts'
import { useKeepPolling } from '~/cache/live/poll.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { useSessionState } from '~/cache/live/session.ts'
import { accountOf, isInterruption, type Session, type SignedOutReason } from '~/domain/session.ts'
import { loginPath } from '~/paths.ts'
import { allCommands } from '~/ui/commands.ts'
import { lazy } from '~/ui/lazy.ts'
import { Loading } from '~/ui/Loading.tsx'
import { PageBoundary } from '../PageBoundary.tsx'
import { Announcer } from './Announcer.tsx'
import type { CommandDialog } from './CommandDialogs.tsx'
import { Commands } from './Commands.tsx'
import { ExpiryWarning } from './ExpiryWarning.tsx'
import { Header } from './Header.tsx'
import { SignOutDialog } from './SignOutDialog.tsx'
import { ViewOffer } from './ViewOffer.tsx'

const SignInDialog = lazy(async () => (await import('../login/SignIn.tsx')).SignInDialog)
const LedgerDock = lazy(async () => {
  // Loaded along: when the session ends, the network may be gone.
  void SignInDialog.preload()
  return (await import('./LedgerDock.tsx')).LedgerDock
})

/**
 * The frame of every page that needs a session. Without one it redirects to the sign-in page, which leads back. After
 * an interruption the page stays, so that the same account can continue on it.
 */
export function SignedIn() {
  const { session, reason } = useSessionState()
  const { pathname, search } = useLocation()
  const [owner, setOwner] = useState(session)
  const isOther = session && owner && accountOf(session) !== accountOf(owner)
  const shown = session ?? (isInterruption(reason) ? owner : null)
  // Not drawn again by each key in a filter. Not by memo(), where effect events keep the first render's values (React issue 35187).
  const frame = useMemo(
    () => shown && <Frame key={accountOf(shown)} session={shown} reason={reason} />,
    [shown, reason],
  )
  // The query string holds choices of the former account.
  if (isOther && search) return <Navigate to={pathname} replace />
  if (session && session !== owner) setOwner(session)
  return frame ?? <Navigate to={loginPath(pathname + search)} replace />
}

interface FrameProps {
  readonly session: Session
  /** Why it is over; absent while it lasts. */
  readonly reason: SignedOutReason | undefined
}

function Frame({ session, reason }: FrameProps) {
  const role = useKeepPolling(session)
  /** The session to be replaced before it ends, by “Sign in again now”. */
  const [replaced, setReplaced] = useState<Session | null>(null)
  const client = useQueryClient()
  const [isLeaving, setLeaving] = useState(false)
  const [opened, setOpened] = useState<CommandDialog | null>(null)
  const [askedFor, setAskedFor] = useState(reason)
  // When a session ends or begins, a dialog opens or closes above the question, so the question is closed.
  if (askedFor !== reason) {
    setAskedFor(reason)
    setLeaving(false)
  }
  // There is nothing to decide when the activity is loaded and empty.
  const leave = () => {
    const { actions, isKept } = currentActivity(client)
    if (actions.size > 0 || isKept === null) setLeaving(true)
    else signOut()
  }
  return (
    <RoleContext value={role}>
      <div className="flex h-full flex-col">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:bg-page focus:p-2"
        >
          Skip to content
        </a>
        <Announcer />
        <Header
          session={session}
          onSignOut={leave}
          onCommands={() => setOpened({ kind: 'menu', commands: allCommands() })}
        />
        <Commands opened={opened} setOpened={setOpened} onSignOut={leave} />
        <ExpiryWarning
          session={session}
          isOver={reason !== undefined}
          onSignInAgain={() => setReplaced(session)}
        />
        <ViewOffer />
        <main
          id="main"
          tabIndex={-1}
          className="flex min-h-0 grow flex-col overflow-y-auto outline-none"
        >
          <PageBoundary>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </PageBoundary>
        </main>
        {/* No action can be confirmed before the first rows. */}
        {role.refresh && (
          <PageBoundary>
            <Suspense>
              <LedgerDock session={session} />
            </Suspense>
          </PageBoundary>
        )}
      </div>
      {(reason || replaced === session) && (
        <PageBoundary>
          <Suspense>
            <SignInDialog
              session={session}
              reason={reason}
              onClose={() => setReplaced(null)}
              onSignOut={leave}
            />
          </Suspense>
        </PageBoundary>
      )}
      {isLeaving && <SignOutDialog onClose={() => setLeaving(false)} />}
    </RoleContext>
  )
}
