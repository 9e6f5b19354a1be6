import { createContext, use } from 'react'
import type { ActionKind } from '~/domain/action.ts'
import type { Config } from '~/wire/config.ts'

/** What this installation has set, as read from config.json. */
export type Settings = Config

/** Provided by main.tsx around the whole app. */
export const SettingsContext = createContext<Settings | null>(null)

/** The settings of this installation. */
export function useSettings(): Settings {
  const settings = use(SettingsContext)
  if (!settings) throw new Error('useSettings needs a SettingsContext around it')
  return settings
}

/** How long a request for so many can be undone, in milliseconds: only removals can. */
export const graceFor = (
  { graceSeconds, singleGraceSeconds }: Pick<Settings, 'graceSeconds' | 'singleGraceSeconds'>,
  kind: ActionKind,
  count: number,
): number => (kind === 'remove' ? (count > 1 ? graceSeconds : singleGraceSeconds) * 1000 : 0)

/** Milliseconds after which what was asked for should have come true, as this installation has it. */
export const useRemovalLimit = (): number => useSettings().removalLimitSeconds * 1000

/** Milliseconds between two polls without push, as this installation has it. */
export const useBaseInterval = (): number => useSettings().pollSeconds * 1000
