import { useSyncExternalStore } from 'react'
import { valueStore } from '~/util/value-store.ts'

/** All themes. */
export const THEMES = ['system', 'light', 'dark'] as const

/** The chosen theme; `system` follows the operating system. */
export type Theme = (typeof THEMES)[number]

/** Also read by public/theme-init.js, before the first paint. */
const STORAGE_KEY = 'rollcall.theme'

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme']
  return THEMES.find((theme) => theme === chosen) ?? 'system'
}

const store = valueStore(currentTheme())

function setTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  try {
    localStorage.setItem(STORAGE_KEY, theme)
  } catch {
    // Storage is forbidden: the choice holds until the page is closed.
  }
  store.set(theme)
}

/** The theme, and what changes it. */
export const useTheme = () => [useSyncExternalStore(store.subscribe, store.get), setTheme] as const

/** The one after a theme: system, light, dark, system. */
export const nextTheme = (theme: Theme): Theme =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
