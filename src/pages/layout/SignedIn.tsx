import { LogOut, Monitor, Moon, Sun } from 'lucide'
import { Icon } from '~/ui/Icon.tsx'
import { lazy, Suspense } from 'react'
import { Link, Navigate, Outlet, useLocation } from 'react-router'
import { signOut } from '~/actions/session.ts'
import { useKeepPolling } from '~/cache/poll.ts'
import { RoleContext } from '~/cache/role.ts'
import { useSessionState } from '~/cache/session.ts'
import { useSettings } from '~/cache/settings.ts'
import type { Session } from '~/domain/session.ts'
import { loginPath, routes } from '~/paths.ts'
import { Button } from '~/ui/Button.tsx'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { Screen } from '~/ui/Screen.tsx'
import { useTheme } from '~/ui/theme.ts'
import { visibleText } from '~/util/visible-text.ts'
import { Connection } from './Connection.tsx'
import { ExpiryWarning } from './ExpiryWarning.tsx'

const LedgerDock = lazy(() => import('./LedgerDock.tsx'))

/** The frame of every page that needs someone signed in; without, the way to sign in and come back. */
export function SignedIn() {
  const { session } = useSessionState()
  const { pathname, search } = useLocation()
  return session ? (
    <Frame key={`${session.customerId} ${session.name}`} session={session} />
  ) : (
    <Navigate to={loginPath(pathname + search)} replace />
  )
}

function Frame({ session }: { session: Session }) {
  const { pathname } = useLocation()
  const role = useKeepPolling(session)
  return (
    <RoleContext.Provider value={role}>
      <div className="flex h-full flex-col">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:bg-page focus:p-2"
        >
          Skip to content
        </a>
        <Header session={session} />
        <ExpiryWarning session={session} />
        <main
          id="main"
          tabIndex={-1}
          className="flex min-h-0 grow flex-col overflow-y-auto outline-none"
        >
          <ErrorBoundary resetKey={pathname}>
            <Suspense fallback={<Screen title="Loading…" />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
        {/* Once the first rows are there: nothing can be asked for before. */}
        {role.refresh && (
          <ErrorBoundary resetKey={pathname}>
            <Suspense>
              <LedgerDock customerId={session.customerId ?? session.name} />
            </Suspense>
          </ErrorBoundary>
        )}
      </div>
    </RoleContext.Provider>
  )
}

function Header({ session }: { session: Session }) {
  const { title } = useSettings()
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-raised px-4 py-1.5">
      <Link to={routes.conferences} className="font-semibold">
        {title}
      </Link>
      <nav aria-label="Main">
        <Link
          to={routes.conferences}
          className="text-muted underline-offset-2 hover:text-ink hover:underline"
        >
          Conferences
        </Link>
      </nav>
      <div className="order-last flex w-full min-w-0 justify-end sm:order-0 sm:w-auto sm:grow sm:basis-0">
        <Connection />
      </div>
      <div className="ml-auto flex items-center gap-1 sm:ml-0">
        <span className="hidden max-w-48 truncate text-muted md:inline" title={session.name}>
          {visibleText(session.name)}
        </span>
        <ThemeButton />
        <Button tone="quiet" aria-label="Sign out" title="Sign out" onClick={signOut}>
          <Icon of={LogOut} />
        </Button>
      </div>
    </header>
  )
}

const THEME_ICON = { system: Monitor, light: Sun, dark: Moon } as const

function ThemeButton() {
  const [theme, next] = useTheme()
  const icon = THEME_ICON[theme]
  return (
    <Button tone="quiet" aria-label={`Theme: ${theme}`} title={`Theme: ${theme}`} onClick={next}>
      <Icon of={icon} />
    </Button>
  )
}
