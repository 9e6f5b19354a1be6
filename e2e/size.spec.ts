import { firstFiles } from './bench/size.ts'
import { expect, expectRow, participantsTable, signIn, test } from './support.ts'

test('fetches only the counted files until the first rows are on the screen', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('tbody tr')) return
      performance.mark('first row')
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
  // Sign-in is another page: the bar is for a conference opened by its address, as from a link or a reload.
  await page.reload()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  const fetched = await page.evaluate(() => {
    const end = performance.getEntriesByName('first row')[0]?.startTime ?? 0
    return performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < end)
      .map(({ name }) => new URL(name).pathname.slice(1))
      .filter((path) => /\.(js|css)$/.test(path))
  })
  expect(new Set(fetched)).toEqual(new Set(firstFiles()))
})
