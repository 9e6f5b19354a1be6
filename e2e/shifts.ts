import type { Page } from '@playwright/test'

/** Has the page add up what moves in it without input, from its start. */
export const recordShifts = (page: Page): Promise<unknown> => page.addInitScript(addUp)

/** The layout shift of the page so far, by the Layout Instability API. */
export const shifted = (page: Page): Promise<number> => page.evaluate<number>('shifted')

/** Runs in the page. */
function addUp(): void {
  Reflect.set(globalThis, 'shifted', 0)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'hadRecentInput') === true) continue
      const sum: unknown = Reflect.get(globalThis, 'shifted')
      Reflect.set(globalThis, 'shifted', Number(sum) + Number(Reflect.get(entry, 'value')))
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
