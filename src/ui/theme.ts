import { useState } from 'react'

const THEMES = ['system', 'light', 'dark'] as const

/** The chosen theme; `system` follows the operating system. */
export type Theme = (typeof THEMES)[number]

/** Also read by public/theme-init.js, before the first paint. */
const STORAGE_KEY = 'rollcall.theme'

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme']
  return THEMES.find((theme) => theme === chosen) ?? 'system'
}

function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  try {
    localStorage.setItem(STORAGE_KEY, theme)
  } catch {
    // Storage is forbidden: the choice holds until the page is closed.
  }
}

/** The theme, and the step to the next one: system, light, dark, system. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(currentTheme)
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  return [
    theme,
    () => {
      applyTheme(next)
      setTheme(next)
    },
  ]
}
