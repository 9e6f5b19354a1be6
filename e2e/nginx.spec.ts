import {
  CERTIFICATE,
  startNginx,
  startSandbox,
  startStranger,
  startTlsFront,
  type Running,
} from './servers.ts'
import {
  connection,
  dialog,
  expect,
  expectRow,
  fillSignIn,
  panelOf,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  rowOf,
  signIn,
  test as base,
} from './support.ts'

type Nginx = Awaited<ReturnType<typeof startNginx>>

/** A sandbox, and an nginx in front of it, on one origin with it. */
type Shared = { readonly sandbox: Running; readonly nginx: Nginx }

/** A further nginx with other settings, once it answers. */
type Open = (environment: Readonly<Record<string, string>>) => Promise<Nginx>

/** Playwright's own server is not used here: tenants are made in a sandbox that has nothing but nginx before it. */
const test = base.extend<{ readonly open: Open }, Shared>({
  sandbox: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, provide) => {
      const sandbox = await startSandbox()
      await provide(sandbox)
      await sandbox.close()
    },
    { scope: 'worker' },
  ],
  nginx: [
    async ({ sandbox }, provide) => {
      const nginx = await startNginx({
        ROLLCALL_API: sandbox.origin,
        ROLLCALL_TITLE: 'Say "hi" & go',
      })
      await answers(nginx)
      await provide(nginx)
      await nginx.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ sandbox }, provide) => provide(sandbox.origin),
  // oxlint-disable-next-line no-empty-pattern -- as above
  open: async ({}, provide) => {
    const opened: Nginx[] = []
    await provide(async (environment) => {
      const nginx = await startNginx(environment)
      opened.push(nginx)
      await answers(nginx)
      return nginx
    })
    for (const nginx of opened) await nginx.close()
  },
})

const answers = ({ origin }: Running): Promise<void> =>
  expect.poll(() => fetch(origin).then(({ status }) => status, String)).toBe(200)

/** A file with a hash in its name, as the page names it. */
async function assetOf({ origin }: Running): Promise<string> {
  const page = await (await fetch(origin)).text()
  return `${origin}${/\/assets\/app-[\w-]+\.js/.exec(page)?.[0] ?? ''}`
}

test('serves the main journey: sign in, watch, filter, remove, push', async ({
  page,
  newTenant,
  nginx,
}) => {
  const tenant = await newTenant({ push: true })
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, `${nginx.origin}${tenant.page()}`)
  const table = participantsTable(page)
  await expect(connection(page)).toHaveText('Live.')
  await tenant.dialIn({ name: 'Cleo' })
  // With push, the poll comes every 15 s.
  await expectRow(table, { Who: /^Cleo/, Status: 'joined' }, 6000)
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('Ann')
  await expect(rowOf(table, /^Bob/)).toBeHidden()
  await removeButton(page).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  // A row under the pointer would stay.
  await page.mouse.move(0, 0)
  await expect(rowOf(table, /^Ann/)).toBeHidden()
  expect(await tenant.requests('DELETE', PARTICIPANTS_PATH)).toHaveLength(1)
  await expect(page).toHaveTitle(/Say "hi" & go/)
})

test('serves the page again when a deep link is reloaded', async ({ page, newTenant, nginx }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, `${nginx.origin}${tenant.page()}?participant=${ann.participant}`)
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await page.reload()
  await expect(panelOf(page, 'Ann')).toBeVisible()
})

test('sends the security headers with everything, failures included', async ({
  request,
  nginx,
}) => {
  const asset = await assetOf(nginx)
  for (const [url, status] of [
    [nginx.origin, 200],
    [`${nginx.origin}/conferences/x`, 200],
    [`${nginx.origin}/config.json`, 200],
    [asset, 200],
    [`${nginx.origin}/assets/missing.js`, 404],
    [`${nginx.origin}/brotli/assets/x.js`, 404],
    [`${nginx.origin}/ping`, 200],
    [`${nginx.origin}/v1.0/me`, 401],
  ] as const) {
    const answer = await request.get(url)
    expect(answer.status(), url).toBe(status)
    expect(answer.headers(), url).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'.*frame-ancestors 'none'$/,
      ),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      server: 'nginx',
    })
  }
})

test('sends the files that the build compressed, in an encoding that the browser takes', async ({
  request,
  nginx,
}) => {
  const asset = await assetOf(nginx)
  const plain = await request.get(asset, { headers: { 'Accept-Encoding': 'identity' } })
  expect(plain.headers()).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
    'content-type': 'text/javascript; charset=utf-8',
  })
  expect(plain.headers()['content-encoding']).toBeUndefined()
  for (const [accepted, encoding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['br', 'br'],
    ['gzip, br;q=0.5', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['gzip, deflate', 'gzip'],
  ]) {
    const answer = await request.get(asset, { headers: { 'Accept-Encoding': accepted ?? '' } })
    expect(answer.headers(), accepted).toMatchObject({
      'content-encoding': encoding,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'content-type': 'text/javascript; charset=utf-8',
    })
    expect(Number(answer.headers()['content-length'])).toBeLessThan((await plain.body()).length / 2)
    expect(await answer.text()).toBe(await plain.text())
  }
})

test('lets files that can change be revalidated, and no answer of the API be stored', async ({
  request,
  nginx,
}) => {
  for (const path of ['/', '/conferences/x', '/index.html', '/config.json', '/theme-init.js']) {
    const { 'cache-control': caching } = (await request.get(`${nginx.origin}${path}`)).headers()
    expect(caching, path).toBe('no-cache')
  }
  const ping = await request.get(`${nginx.origin}/ping`)
  expect(ping.headers()['cache-control']).toBe('no-store')
})

test('passes cookies neither way', async ({ request, newTenant, nginx, sandbox }) => {
  const { account } = await newTenant()
  const { username, password } = account
  const login = { data: { username, password } }
  const direct = await request.post(`${sandbox.origin}/auth/login`, login)
  expect(direct.headers()['set-cookie']).toContain('token=')
  const answer = await request.post(`${nginx.origin}/auth/login`, login)
  expect(answer.headers()['set-cookie']).toBeUndefined()
  const { token } = await answer.json()
  // A cookie would come before the header, and would be refused.
  const headers = { Authorization: `Bearer ${token}`, Cookie: 'token=left-over' }
  expect((await request.get(`${sandbox.origin}/v1.0/me`, { headers })).status()).toBe(401)
  expect((await request.get(`${nginx.origin}/v1.0/me`, { headers })).status()).toBe(200)
})

test('follows no redirect of the API', async ({ page, request, newTenant, nginx }) => {
  const stranger = await startStranger()
  const tenant = await newTenant()
  const location = `${stranger.origin}/auth/login`
  await tenant.fault({ path: '/auth/login', kind: 'redirect', location })
  const { username, password } = tenant.account
  const answer = await request.post(`${nginx.origin}/auth/login`, {
    data: { username, password },
    maxRedirects: 0,
  })
  expect([answer.status(), answer.headers()['location']]).toEqual([307, location])
  await page.goto(nginx.origin)
  await fillSignIn(page, tenant.account)
  await expect(page.getByRole('alert')).toContainText('redirected the request')
  expect(stranger.received).toEqual([])
  await stranger.close()
})

test('logs no credential, not even of requests that fail', async ({ request, open }) => {
  // Nothing listens on this port.
  const nginx = await open({ ROLLCALL_API: 'http://127.0.0.1:1' })
  const query = 'accesskey=very-secret&token=very-secret'
  expect((await request.get(`${nginx.origin}/v1.0/ws?${query}`)).status()).toBe(502)
  expect((await request.get(`${nginx.origin}/v1.0/customer?${query}`)).status()).toBe(502)
  await request.get(`${nginx.origin}/conferences?${query}`)
  await expect.poll(nginx.accessLog).toContain('"GET /conferences HTTP/1.1" 200')
  expect(nginx.accessLog()).toContain('"GET /v1.0/customer HTTP/1.1" 502')
  expect(nginx.accessLog() + nginx.printed()).not.toContain('very-secret')
})

test('sends no password to an API whose certificate it cannot verify', async ({
  request,
  newTenant,
  sandbox,
  open,
}) => {
  const { username, password } = (await newTenant()).account
  const front = await startTlsFront(sandbox.origin)
  const untrusting = await open({ ROLLCALL_API: front.origin })
  const login = { data: { username, password } }
  expect((await request.post(`${untrusting.origin}/auth/login`, login)).status()).toBe(502)
  expect(front.received()).toBe('')
  const trusting = await open({ ROLLCALL_API: front.origin, ROLLCALL_API_CA: CERTIFICATE })
  expect((await request.post(`${trusting.origin}/auth/login`, login)).status()).toBe(200)
  expect(front.received()).toContain(username)
  await front.close()
})

test('serves the app for an API on another origin', async ({ page, newTenant, sandbox, open }) => {
  const nginx = await open({ ROLLCALL_API_BASE: sandbox.origin })
  const tenant = await newTenant({ push: true })
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, `${nginx.origin}${tenant.page()}`)
  await expect(connection(page)).toHaveText('Live.')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
})
