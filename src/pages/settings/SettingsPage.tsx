import type { ReactNode } from 'react'
import { useConfig } from '~/use-config.ts'
import { DEFAULT_LOOK, isZone, writeLook } from '~/derive/look.ts'
import { routes } from '~/paths.ts'
import { Button } from '~/ui/Button.tsx'
import { copyText } from '~/ui/copy.ts'
import { useNowSelect } from '~/ui/now.ts'
import { THEMES, useTheme } from '~/ui/theme.ts'
import { localZoneName } from '~/util/time-text.ts'
import { isLookKept, setLook, useLook } from '../look.ts'
import { PageHeading } from '../PageHeading.tsx'
import { ColumnChoice } from './ColumnChoice.tsx'
import { SavedViews } from './SavedViews.tsx'

/** What each user can set, kept in this browser. */
export function SettingsPage() {
  const { title } = useConfig()
  const look = useLook()
  const [theme, setTheme] = useTheme()
  const reset = () => {
    setLook(DEFAULT_LOOK)
    setTheme('system')
  }
  const link = `${location.origin}${routes.participants}?${writeLook(look)}`
  return (
    <>
      <title>{`Settings · ${title}`}</title>
      <div className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
        <PageHeading>Settings</PageHeading>
        <span className="text-muted">
          {isLookKept()
            ? 'Kept in this browser.'
            : 'This browser forbids storage: kept until the page is closed.'}
        </span>
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          <Button onClick={() => void copyText(link, 'Link with these settings')}>
            Copy link with these settings
          </Button>
          <Button onClick={reset}>Reset all</Button>
        </div>
      </div>
      <div className="flex max-w-3xl flex-col gap-6 px-4 pb-8">
        <Choice
          name="Theme"
          options={THEMES.map((one) => [one, one] as const)}
          value={theme}
          onChange={setTheme}
        />
        <Zones zone={look.zone} />
        <Choice
          name="Times"
          options={[
            ['absolute', 'as a time: 14:05:09'],
            ['relative', 'as how long ago: 3 m 12 s ago'],
          ]}
          value={look.times}
          onChange={(times) => setLook({ times })}
        />
        <Choice
          name="Rows"
          options={[
            ['normal', 'normal'],
            ['compact', 'compact: more rows on the screen'],
          ]}
          value={look.density}
          onChange={(density) => setLook({ density })}
        />
        <ColumnChoice look={look} />
        <SavedViews />
      </div>
    </>
  )
}

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly options: ReadonlyArray<readonly [T, ReactNode]>
  readonly value: T
  readonly onChange: (value: T) => void
}

function Choice<T extends string>({ name, options, value, onChange }: ChoiceProps<T>) {
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{name}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {options.map(([option, label]) => (
          <label key={option} className="flex min-h-7 items-center gap-1.5">
            <input
              type="radio"
              name={name}
              checked={value === option}
              onChange={() => onChange(option)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Names of the time zone database; older browsers do not list them, and take any that is typed. */
const ZONES = 'supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : []

function Zones({ zone }: { zone: string }) {
  const local = useNowSelect(localZoneName)
  const isChosen = zone !== 'local' && zone !== 'utc'
  return (
    <div className="flex flex-col gap-1">
      <Choice
        name="Time zone"
        options={[
          ['local', `local: ${local}`],
          ['utc', 'UTC'],
          ...(isChosen ? [[zone, zone] as const] : []),
        ]}
        value={zone}
        onChange={(next) => setLook({ zone: next })}
      />
      <label className="flex flex-wrap items-center gap-2 text-muted">
        Another zone
        <input
          list="zones"
          placeholder="Europe/Berlin"
          className="h-7 w-56 rounded border border-edge bg-page px-2 text-ink"
          onChange={({ target }) => {
            if (target.value.includes('/') && isZone(target.value)) setLook({ zone: target.value })
          }}
        />
        <datalist id="zones">
          {ZONES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </datalist>
      </label>
    </div>
  )
}
