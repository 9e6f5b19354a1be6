import { chromium } from '@playwright/test'
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const base = 'http://localhost:4173'
async function go(
  theme: 'light' | 'dark',
  width: number,
  height: number,
  name: string,
  act: (p: import('@playwright/test').Page) => Promise<void>,
) {
  const c = await b.newContext({ viewport: { width, height }, colorScheme: theme })
  const p = await c.newPage()
  await p.goto(base + '/conferences')
  await p.getByLabel('User name', { exact: true }).last().fill('support@rollcall.example')
  await p.getByLabel('Password').fill('rollcall')
  await p.getByRole('button', { name: 'Sign in', exact: true }).click()
  await p.getByRole('table', { name: 'Conferences' }).waitFor()
  try {
    await act(p)
  } catch (e) {
    console.log(name, String(e).slice(0, 300))
  }
  await p.screenshot({ path: `/tmp/shots/${name}.png` })
  await c.close()
}
export { go, b, base }
