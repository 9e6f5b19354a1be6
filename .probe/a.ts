import { go, b } from './s.ts'
const which = process.argv[2] ?? 'all'
for (const theme of ['light', 'dark'] as const) {
  await go(theme, 1400, 900, `room-${theme}`, async (p) => {
    await p.goto('http://localhost:4173/participants?q=muted')
    await p.waitForTimeout(2500)
  })
  await go(theme, 1400, 900, `panel-${theme}`, async (p) => {
    await p.getByRole('table').getByRole('link').first().click()
    await p.getByRole('table', { name: 'Participants' }).getByRole('link').first().click()
    await p.waitForTimeout(1000)
    await p.getByRole('button', { name: /^Hold / }).click()
    await p.waitForTimeout(2500)
  })
  await go(theme, 1400, 900, `menu-${theme}`, async (p) => {
    await p.getByRole('table').getByRole('link').first().click()
    await p
      .getByRole('button', { name: /^More for/ })
      .nth(1)
      .click()
    await p.waitForTimeout(700)
  })
  await go(theme, 1400, 900, `many-${theme}`, async (p) => {
    await p.getByRole('table').getByRole('link').first().click()
    await p.getByRole('checkbox').nth(2).click()
    await p.getByRole('button', { name: 'More for the selected' }).click()
    await p.getByRole('menuitem', { name: /everyone but/ }).click()
    await p.waitForTimeout(700)
  })
  await go(theme, 1400, 900, `dial-${theme}`, async (p) => {
    await p.getByRole('table').getByRole('link').first().click()
    await p.waitForTimeout(500)
    await p.getByRole('button', { name: 'View' }).click()
    await p.getByRole('menuitem', { name: /Call a number/ }).click()
    await p.getByLabel('Number or SIP').fill('+44 20 7946 0018')
    await p.waitForTimeout(500)
  })
}
await go('light', 320, 700, 'panel-320', async (p) => {
  await p.getByRole('table').getByRole('link').first().click()
  await p.getByRole('table', { name: 'Participants' }).getByRole('link').first().click()
  await p.waitForTimeout(1000)
})
await go('light', 320, 700, 'room-320', async (p) => {
  await p.goto('http://localhost:4173/participants?q=muted')
  await p.waitForTimeout(2500)
})
await go('light', 320, 700, 'say-320', async (p) => {
  await p.getByRole('table').getByRole('link').first().click()
  await p
    .getByRole('button', { name: /^More for/ })
    .nth(1)
    .click()
  await p.getByRole('menuitem', { name: /Say/ }).click()
  await p.waitForTimeout(700)
})
await b.close()
