import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

const SHELL = 'chromium-headless-shell'
const WHOLE = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']

const inPath = (names: readonly string[]): readonly string[] =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
]

/**
 * A Chrome or Chromium of this machine, else Playwright's own.
 *
 * @param first the headless shell takes half the time: the same engine without the windows of a whole browser
 * @throws Error with one sentence that says what to install
 */
export function findBrowser(
  first: 'shell' | 'whole' = 'shell',
): { executablePath: string } | Record<string, never> {
  const names = first === 'shell' ? [SHELL, ...WHOLE] : [...WHOLE, SHELL]
  const executablePath =
    process.env['ROLLCALL_CHROME'] ?? [...inPath(names), ...APPLICATIONS].find(isThere)
  if (executablePath) return { executablePath }
  if (isThere(chromium.executablePath())) return {}
  throw new Error(
    'No browser to test in: install Chrome or Chromium (Debian: apt-get install chromium), or run npx playwright install chromium.',
  )
}

/** A Firefox of this machine; null where there is none, and its journeys are left out. */
export const findFirefox = (): string | null =>
  process.env['ROLLCALL_FIREFOX'] ?? inPath(['firefox-esr', 'firefox']).find(isThere) ?? null

/** How journeys start the browser. */
export const launchOptions = (first?: 'shell' | 'whole') => ({
  ...findBrowser(first),
  // Without these Chromium looks up Google's hosts at every start; tests run as root in CI.
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    // A process for each tab, so that one can crash alone.
    '--disable-features=ProcessPerSiteUpToMainFrameThreshold',
  ],
})

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
