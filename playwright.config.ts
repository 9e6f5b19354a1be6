import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { chromium, defineConfig } from '@playwright/test'

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']

const PLACES = [
  ...(process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
]

const isThere = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A Chrome or Chromium of this machine, else Playwright's own, else one sentence. */
function findBrowser(): { executablePath: string } | Record<string, never> {
  const executablePath = process.env['ROLLCALL_CHROME'] ?? PLACES.find(isThere)
  if (executablePath) return { executablePath }
  if (isThere(chromium.executablePath())) return {}
  throw new Error(
    'No browser to test in: install Chrome or Chromium (Debian: apt-get install chromium), or run npx playwright install chromium.',
  )
}

const PORT = 4280

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${PORT}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: {
      ...findBrowser(),
      // Without these Chromium looks up Google's hosts at every start; tests run as root in CI.
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    },
  },
  webServer: {
    command: `npx tsx sandbox/start.ts --port ${PORT}`,
    url: `http://localhost:${PORT}/ping`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
})
