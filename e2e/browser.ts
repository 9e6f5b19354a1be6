import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

/** The headless shell comes first: the same engine without the windows of a whole browser takes half the time. */
const NAMES = [
  'chromium-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
]

const PLACES = [
  ...(process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
]

/**
 * A Chrome or Chromium of this machine, else Playwright's own.
 *
 * @throws Error with one sentence that says what to install
 */
export function findBrowser(): { executablePath: string } | Record<string, never> {
  const executablePath = process.env['ROLLCALL_CHROME'] ?? PLACES.find(isThere)
  if (executablePath) return { executablePath }
  if (isThere(chromium.executablePath())) return {}
  throw new Error(
    'No browser to test in: install Chrome or Chromium (Debian: apt-get install chromium), or run npx playwright install chromium.',
  )
}

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
