import { Command, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { signOut } from '~/actions/session.ts'
import { currentActivity } from '~/cache/activity/activity.ts'
import { useKeepPolling } from '~/cache/live/poll.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { useSessionState } from '~/cache/live/session.ts'
import { useConfig } from '~/use-config.ts'
import { accountOf, isInterruption, type Session, type SignedOutReason } from '~/domain/session.ts'
import { loginPath, routes } from '~/paths.ts'
import { Button } from '~/ui/Button.tsx'
import { allCommands } from '~/ui/commands.ts'
import { lazy } from '~/ui/lazy.ts'
import { Loading } from '~/ui/Loading.tsx'
import { useNowSelect } from '~/ui/now.ts'
import { nextTheme, useTheme } from '~/ui/theme.ts'
import { localZoneName, zoneName } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { PageBoundary } from '../PageBoundary.tsx'
import { setLook, useLook } from '../look.ts'
import { Announcer } from './Announcer.tsx'
import type { CommandDialog } from './CommandDialogs.tsx'
import { Commands } from './Commands.tsx'
import { Connection } from './Connection.tsx'
import { ExpiryWarning } from './ExpiryWarning.tsx'
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

interface HeaderProps {
  readonly session: Session
  readonly onSignOut: () => void
  readonly onCommands: () => void
}

function Header({ session, onSignOut, onCommands }: HeaderProps) {
  const { title } = useConfig()
  return (
    <header className="flex flex-wrap items-center gap-x-2 border-b border-line bg-raised px-4 py-1 sm:gap-x-4 sm:py-1.5">
      <Link to={routes.conferences} className="font-semibold max-sm:hidden">
        {title}
      </Link>
      <nav aria-label="Main" className="flex gap-x-2 max-sm:w-full sm:gap-x-3">
        <MainLink to={routes.conferences}>Conferences</MainLink>
        <MainLink to={routes.participants}>Participants</MainLink>
        <MainLink to={routes.activity}>Activity</MainLink>
      </nav>
      <div className="flex min-w-0 grow basis-0 sm:justify-end">
        <Connection />
      </div>
      <div className="ml-auto flex items-center gap-1 max-sm:*:px-1.5! sm:ml-0">
        <span className="hidden max-w-48 truncate text-muted md:inline" title={session.name}>
          {visibleText(session.name)}
        </span>
        <Button
          tone="quiet"
          aria-label="Command menu"
          aria-keyshortcuts="Control+K Meta+K"
          title="Command menu (Ctrl+K)"
          className="max-sm:hidden"
          onClick={onCommands}
        >
          <Command />
        </Button>
        <ZoneButton />
        <ThemeButton />
        <NavLink
          to={routes.settings}
          aria-label="Settings"
          title="Settings"
          className="inline-flex min-h-7 items-center rounded px-2.5 text-muted hover:bg-hover hover:text-ink"
        >
          <Settings />
        </NavLink>
        <Button tone="quiet" aria-label="Sign out" title="Sign out" onClick={onSignOut}>
          <LogOut />
        </Button>
      </div>
    </header>
  )
}

const MainLink = ({ to, children }: { to: string; children: string }) => (
  <NavLink
    to={to}
    end
    className={({ isActive }) =>
      `inline-flex min-h-6 items-center underline-offset-2 hover:text-ink hover:underline ${isActive ? '' : 'text-muted'}`
    }
  >
    {children}
  </NavLink>
)

function ZoneButton() {
  const { zone } = useLook()
  const local = useNowSelect(localZoneName)
  const shown = useNowSelect((now) => zoneName(zone, now))
  const other = zone === 'local' ? 'UTC' : `local time, ${local}`
  const label = `Times in ${shown}. Switch to ${other}`
  return (
    <Button
      tone="quiet"
      className="px-1.5! max-sm:hidden"
      aria-label={label}
      title={label}
      onClick={() => setLook({ zone: zone === 'local' ? 'utc' : 'local' })}
    >
      <span className="truncate">{shown}</span>
    </Button>
  )
}

const THEME_ICON = { system: Monitor, light: Sun, dark: Moon } as const

function ThemeButton() {
  const [theme, setTheme] = useTheme()
  const Icon = THEME_ICON[theme]
  return (
    <Button
      tone="quiet"
      className="max-sm:hidden"
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
      onClick={() => setTheme(nextTheme(theme))}
    >
      <Icon />
    </Button>
  )
}
