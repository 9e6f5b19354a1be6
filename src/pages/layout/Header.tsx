import { Command, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { Link, NavLink } from 'react-router'
import { useConfig } from '~/use-config.ts'
import type { Session } from '~/domain/session.ts'
import { routes } from '~/paths.ts'
import { Button } from '~/ui/Button.tsx'
import { useNowSelect } from '~/ui/now.ts'
import { nextTheme, useTheme } from '~/ui/theme.ts'
import { localZoneName, zoneName } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { setLook, useLook } from '../look.ts'
import { Connection } from './Connection.tsx'

interface HeaderProps {
  readonly session: Session
  readonly onSignOut: () => void
  readonly onCommands: () => void
}

/** The top of every page: where one can go, how fresh the screen is, who is signed in. */
export function Header({ session, onSignOut, onCommands }: HeaderProps) {
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
