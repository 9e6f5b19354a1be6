import { CERTIFICATE, startApp, startTlsFront, type Running } from './servers.ts'
import {
  connection,
  expect,
  expectRow,
  fillSignIn,
  participantsTable,
  signIn,
  test,
} from './support.ts'

/** `ROLLCALL_API` of an installation whose certificate no machine trusts, in front of the sandbox of this run. */
const withTls = test.extend<{
  readonly front: Awaited<ReturnType<typeof startTlsFront>>
  /** The app in front of that API, with these settings. */
  readonly openApp: (
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Awaited<ReturnType<typeof startApp>>>
}>({
  front: async ({ baseURL }, provide) => {
    const front = await startTlsFront(baseURL ?? '')
    await provide(front)
    await front.close()
  },
  openApp: async ({ front }, provide) => {
    const started: Running[] = []
    await provide(async (environment = {}) => {
      const app = await startApp({ ROLLCALL_API: front.origin, ...environment })
      started.push(app)
      return app
    })
    for (const app of started) await app.close()
  },
})

withTls(
  'sends no password to a VoIPBIN whose certificate it cannot verify',
  async ({ page, newTenant, front, openApp }) => {
    const { account } = await newTenant()
    const app = await openApp()
    await page.goto(app.origin)
    await fillSignIn(page, account)
    await expect(page.getByRole('alert')).toContainText('HTTP 502')
    expect(front.received()).toBe('')
    expect(app.printed()).toMatch(/certificate/)
  },
)

for (const { name, environment } of [
  { name: 'ROLLCALL_API_CA', environment: { ROLLCALL_API_CA: CERTIFICATE } },
  { name: 'NODE_EXTRA_CA_CERTS', environment: { NODE_EXTRA_CA_CERTS: CERTIFICATE } },
  { name: 'ROLLCALL_API_INSECURE', environment: { ROLLCALL_API_INSECURE: '1' } },
]) {
  withTls(
    `works with a certificate of one's own by ${name}, push included`,
    async ({ page, newTenant, front, openApp }) => {
      const tenant = await newTenant({ push: true })
      const app = await openApp(environment)
      await signIn(page, tenant, `${app.origin}${tenant.page()}`)
      await expect(connection(page)).toHaveText('Live.')
      await tenant.dialIn({ name: 'Ann' })
      await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' }, 6000)
      expect(front.received()).toMatch(/upgrade: websocket/i)
      const warning = /certificate of .* is not verified/
      if (name === 'ROLLCALL_API_INSECURE') expect(app.printed()).toMatch(warning)
      else expect(app.printed()).not.toMatch(warning)
    },
  )
}
