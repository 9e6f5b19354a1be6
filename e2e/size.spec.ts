import { firstFiles } from './bench/size.ts'
import { expect, expectRow, participantsTable, signIn, test } from './support.ts'

test('until the first rows are on the screen nothing but the counted files is fetched', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  // As after closing the browser and opening it again, tab restored: the session is there, the cache is not.
  const session = await context.newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await session.detach()
  const fetched = new Set<string>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (/\.(?:js|css)$/.test(pathname)) fetched.add(pathname.slice(1))
  })
  await page.reload()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  expect([...fetched].toSorted()).toEqual([...firstFiles()].toSorted())
})
