import { defineConfig } from '@playwright/test'
import { launchOptions } from './e2e/browser.ts'
import { hasNginx } from './e2e/servers.ts'

const PORT = Number(process.env['E2E_PORT'] ?? 4280)

const withNginx = hasNginx()

// Workers read this file again.
if (!withNginx && process.env['TEST_WORKER_INDEX'] === undefined) {
  console.warn('nginx is not installed: its journeys are left out (Debian: apt-get install nginx).')
}

export default defineConfig({
  testDir: 'e2e',
  testIgnore: withNginx ? [] : ['nginx*.spec.ts'],
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // Twice the processors of CI: journeys wait more than they work.
  workers: 4,
  // A machine that stalls must not keep good work from landing; what needed a second try is reported as flaky.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${PORT}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Recording each first try makes journeys a third slower.
    trace: 'on-first-retry',
    launchOptions: launchOptions(),
  },
  webServer: {
    command: `npx tsx sandbox/start.ts --port ${PORT}`,
    url: `http://localhost:${PORT}/ping`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
})
